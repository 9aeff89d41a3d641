#include "views.h"

extern "C" {
#include <execorder/writer.h>
}

#include "step-kinds.h"
#include "text.h"
#include "values.h"

namespace execorder {

namespace {

const char *scopeOf(uint32_t codeFlags) {
  if (codeFlags & XO_CODE_MODULE) return "module";
  return codeFlags & XO_CODE_CLASS ? "class" : "function";
}

void setPlace(Napi::Object &object, const Query &query, const xo_code_view &code, int32_t line) {
  object.Set("file", textToJs(query.env, query.file(code.file).path));
  object.Set("line", line);
  object.Set("function", textToJs(query.env, code.name));
}

}  // namespace

Napi::Object infoToJs(Napi::Env env, const xo_info &info) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("formatVersion", numberToJs(env, info.format_version));
  object.Set("complete", info.complete);
  if (info.ended_early != XO_OK) object.Set("endedEarly", xo_status_text(info.ended_early));
  object.Set("steps", numberToJs(env, info.steps));
  object.Set("firstStep", numberToJs(env, info.first_step));
  object.Set("threads", numberToJs(env, info.threads));
  object.Set("files", numberToJs(env, info.files));
  object.Set("codes", numberToJs(env, info.codes));
  object.Set("objects", numberToJs(env, info.objects));
  object.Set("frames", numberToJs(env, info.frames));
  object.Set("chunks", numberToJs(env, info.chunks));
  object.Set("fileBytes", numberToJs(env, info.file_bytes));
  object.Set("logBytes", numberToJs(env, info.log_bytes));
  object.Set("indexBytes", numberToJs(env, info.index_bytes));
  object.Set("damagedBytes", numberToJs(env, info.damaged_bytes));
  return object;
}

Napi::Object stepToJs(const Query &query, const xo_step_view &step) {
  const Napi::Env env = query.env;
  Napi::Object object = Napi::Object::New(env);
  object.Set("step", numberToJs(env, step.step));
  object.Set("kind", stepKindName(step.kind));
  object.Set("thread", step.thread);
  object.Set("frame", numberToJs(env, step.frame));
  object.Set("depth", step.depth);
  setPlace(object, query, query.code(step.code), step.line);
  return object;
}

Napi::Object frameToJs(const Query &query, const xo_frame_view &frame) {
  const Napi::Env env = query.env;
  const xo_code_view code = query.code(frame.code);
  Napi::Object object = Napi::Object::New(env);
  object.Set("frame", numberToJs(env, frame.frame));
  object.Set("depth", frame.depth);
  setPlace(object, query, code, frame.line);
  object.Set("scope", scopeOf(code.flags));
  object.Set("isCoroutine", (code.flags & XO_CODE_COROUTINE) != 0);
  object.Set("globals", objectNumberToJs(env, frame.globals));
  object.Set("locals", objectNumberToJs(env, frame.locals));
  return object;
}

Napi::Object threadToJs(Napi::Env env, const xo_thread_view &thread) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("thread", thread.thread);
  object.Set("systemId", Napi::BigInt::New(env, thread.system_id));
  object.Set("name", textToJs(env, thread.name));
  object.Set("alive", thread.alive);
  return object;
}

Napi::Object outputToJs(Napi::Env env, uint64_t index, const xo_output_view &output) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("index", numberToJs(env, index));
  object.Set("step", numberToJs(env, output.step));
  object.Set("stream", output.stream == 2 ? "stderr" : "stdout");
  object.Set("text", textToJs(env, output.text, output.size_bytes));
  return object;
}

}  // namespace execorder
