#include "recording.h"

#include <algorithm>
#include <set>

#include "arguments.h"
#include "contents.h"
#include "history.h"
#include "open-worker.h"
#include "search-worker.h"
#include "slot-argument.h"
#include "status-error.h"
#include "text.h"
#include "values.h"
#include "variables.h"
#include "views.h"

namespace execorder {

Napi::Function Recording::define(Napi::Env env) {
  const Napi::Function constructor = DefineClass(env, "Recording",
                                                 {
                                                     StaticMethod("open", &Recording::open),
                                                     StaticMethod("openAsync", &Recording::openAsync),
                                                     InstanceAccessor("length", &Recording::length, nullptr),
                                                     InstanceAccessor("firstStep", &Recording::firstStep, nullptr),
                                                     InstanceMethod("refresh", &Recording::refresh),
                                                     InstanceMethod("rest", &Recording::rest),
                                                     InstanceMethod("info", &Recording::info),
                                                     InstanceMethod("note", &Recording::note),
                                                     InstanceMethod("step", &Recording::step),
                                                     InstanceMethod("threads", &Recording::threads),
                                                     InstanceMethod("stack", &Recording::stack),
                                                     InstanceMethod("variables", &Recording::variables),
                                                     InstanceMethod("contents", &Recording::contents),
                                                     InstanceMethod("find", &Recording::find),
                                                     InstanceMethod("findAsync", &Recording::findAsync),
                                                     InstanceMethod("files", &Recording::files),
                                                     InstanceMethod("source", &Recording::source),
                                                     InstanceMethod("lines", &Recording::lines),
                                                     InstanceMethod("output", &Recording::output),
                                                     InstanceMethod("history", &Recording::history),
                                                     InstanceMethod("lastWrite", &Recording::lastWrite),
                                                     InstanceMethod("close", &Recording::close),
                                                 });
  env.SetInstanceData(new Napi::FunctionReference(Napi::Persistent(constructor)));
  return constructor;
}

Recording::Recording(const Napi::CallbackInfo &info)
    : Napi::ObjectWrap<Recording>(info),
      path_(text(info[0], "the path")),
      readers_(std::make_shared<ReaderPool>(path_)) {
  xo_status status = XO_OK;
  if (info[1].IsExternal()) {
    reader_ = std::move(*info[1].As<Napi::External<ReaderHandle>>().Data());
  } else {
    status = openReader(path_, reader_);
  }
  const Query query{info.Env(), reader_.get(), path_};
  query.check(status);
  files_.update(query);
  seeTo(query.info());
}

Napi::Value Recording::open(const Napi::CallbackInfo &info) {
  return info.Env().GetInstanceData<Napi::FunctionReference>()->New({info[0]});
}

Napi::Value Recording::over(Napi::Env env, const std::string &path, ReaderHandle reader) {
  const Napi::Value handle = Napi::External<ReaderHandle>::New(env, &reader);
  return env.GetInstanceData<Napi::FunctionReference>()->New({Napi::String::New(env, path), handle});
}

Napi::Value Recording::openAsync(const Napi::CallbackInfo &info) {
  auto worker = std::make_unique<OpenWorker>(info.Env(), text(info[0], "the path"));
  const Napi::Promise promise = worker->promise();
  worker.release()->Queue();  // deletes itself when it is done
  return promise;
}

Query Recording::query(Napi::Env env) {
  if (!reader_) throw closedError(env, path_);
  const Query query{env, reader_.get(), path_};
  if (xo_reader_rests(reader_.get())) lookAgain(query);
  return query;
}

void Recording::lookAgain(const Query &query) {
  query.check(xo_reader_refresh(reader_.get(), nullptr));
  files_.update(query);
}

bool Recording::seeTo(const xo_info &end) {
  const bool isNew = end.steps != length_ || end.log_bytes != seenBytes_;
  length_ = end.steps;
  seenBytes_ = end.log_bytes;
  return isNew;
}

Napi::Value Recording::refresh(const Napi::CallbackInfo &info) {
  if (!reader_) throw closedError(info.Env(), path_);
  const Query query{info.Env(), reader_.get(), path_};
  lookAgain(query);
  return Napi::Boolean::New(info.Env(), seeTo(query.info()));
}

Napi::Value Recording::rest(const Napi::CallbackInfo &info) {
  if (!reader_) throw closedError(info.Env(), path_);
  xo_reader_rest(reader_.get());
  return info.Env().Undefined();
}

Napi::Value Recording::length(const Napi::CallbackInfo &info) {
  query(info.Env());
  return numberToJs(info.Env(), length_);
}

Napi::Value Recording::firstStep(const Napi::CallbackInfo &info) {
  return numberToJs(info.Env(), query(info.Env()).info().first_step);
}

Napi::Value Recording::info(const Napi::CallbackInfo &info) {
  return infoToJs(info.Env(), query(info.Env()).info());
}

Napi::Value Recording::note(const Napi::CallbackInfo &info) {
  const Query query = this->query(info.Env());
  const std::string key = text(info[0], "the key");
  const char *bytes = nullptr;
  size_t size = 0;
  if (!query.found(xo_reader_note(reader_.get(), key.c_str(), &bytes, &size))) return info.Env().Undefined();
  return textToJs(info.Env(), bytes, size);
}

Napi::Value Recording::step(const Napi::CallbackInfo &info) {
  const Query query = this->query(info.Env());
  xo_step_view view{};
  query.check(xo_reader_step(reader_.get(), query.step(info[0]), &view));
  return stepToJs(query, view);
}

Napi::Value Recording::threads(const Napi::CallbackInfo &info) {
  const Query query = this->query(info.Env());
  const xo_info known = query.info();
  const uint64_t step = query.step(info[0]);
  Napi::Array threads = Napi::Array::New(info.Env());
  for (uint32_t number = 1; number <= known.threads; number++) {
    xo_thread_view view{};
    if (!query.found(xo_reader_thread(reader_.get(), step, number, &view))) continue;
    threads.Set(threads.Length(), threadToJs(info.Env(), view));
  }
  return threads;
}

Napi::Value Recording::stack(const Napi::CallbackInfo &info) {
  const Query query = this->query(info.Env());
  const uint64_t step = query.step(info[0]);
  auto thread = static_cast<uint32_t>(optionalWholeNumber(info[1], "the thread", 1).value_or(0));
  if (thread == 0) {
    xo_step_view view{};
    query.check(xo_reader_step(reader_.get(), step, &view));
    thread = view.thread;
  }

  const OwnedArray<xo_frame_view> stack = stackAt(query, step, thread);
  Napi::Array frames = Napi::Array::New(info.Env(), stack.count);
  uint32_t index = 0;
  for (const xo_frame_view &frame : stack) frames.Set(index++, frameToJs(query, frame));
  return frames;
}

Napi::Value Recording::variables(const Napi::CallbackInfo &info) {
  const Query query = this->query(info.Env());
  const uint64_t step = query.step(info[0]);
  const auto thread = static_cast<uint32_t>(wholeNumber(info[1], "the thread", 1));
  const auto frame = static_cast<uint64_t>(wholeNumber(info[2], "the frame", 1));
  return variablesAt(query, step, thread, frame);
}

Napi::Value Recording::contents(const Napi::CallbackInfo &info) {
  const Query query = this->query(info.Env());
  const uint64_t step = query.step(info[0]);
  const auto object = static_cast<uint64_t>(wholeNumber(info[1], "the object", 1));
  const auto start = static_cast<size_t>(optionalWholeNumber(info[2], "start").value_or(0));
  const auto count = optionalWholeNumber(info[3], "count");
  return contentsAt(query, step, object, {start, count ? static_cast<size_t>(*count) : SIZE_MAX});
}

Search Recording::searchArguments(const Napi::CallbackInfo &info) {
  query(info.Env());
  const int64_t from = std::min(wholeNumber(info[0], "from", -1), static_cast<int64_t>(length_));
  return Search{from, isForward(info[1]), SearchFilter(info[2], files_), length_};
}

Napi::Value Recording::find(const Napi::CallbackInfo &info) {
  const Search search = searchArguments(info);
  std::optional<uint64_t> found;
  query(info.Env()).check(search.run(reader_.get(), nullptr, found));
  return found ? numberToJs(info.Env(), *found) : info.Env().Undefined();
}

Napi::Value Recording::findAsync(const Napi::CallbackInfo &info) {
  auto worker = std::make_unique<SearchWorker>(info.Env(), path_, readers_, searchArguments(info), info[3]);
  const Napi::Promise promise = worker->promise();
  worker.release()->Queue();  // deletes itself when it is done
  return promise;
}

Napi::Value Recording::files(const Napi::CallbackInfo &info) {
  query(info.Env());
  Napi::Array files = Napi::Array::New(info.Env(), files_.paths().size());
  uint32_t index = 0;
  for (const std::string &path : files_.paths()) {
    files.Set(index++, textToJs(info.Env(), path.data(), path.size()));
  }
  return files;
}

Napi::Value Recording::source(const Napi::CallbackInfo &info) {
  const Query query = this->query(info.Env());
  const std::vector<uint32_t> &numbers = files_.numbersOf(text(info[0], "the file"));
  for (auto number = numbers.rbegin(); number != numbers.rend(); ++number) {
    const xo_file_view file = query.file(*number);
    if (file.source == nullptr) continue;
    return textToJs(info.Env(), reinterpret_cast<const char *>(file.source), file.source_bytes);
  }
  return info.Env().Undefined();
}

Napi::Value Recording::lines(const Napi::CallbackInfo &info) {
  const Query query = this->query(info.Env());
  const std::vector<uint32_t> &numbers = files_.numbersOf(text(info[0], "the file"));
  const std::set<uint32_t> wanted(numbers.begin(), numbers.end());
  std::set<int32_t> lines;
  const uint64_t codes = wanted.empty() ? 0 : query.info().codes;
  for (uint32_t number = 1; number <= codes; number++) {
    const xo_code_view code = query.code(number);
    if (wanted.count(code.file) != 0) lines.insert(code.lines, code.lines + code.line_count);
  }

  Napi::Array out = Napi::Array::New(info.Env(), lines.size());
  uint32_t index = 0;
  for (const int32_t line : lines) out.Set(index++, Napi::Number::New(info.Env(), line));
  return out;
}

Napi::Value Recording::output(const Napi::CallbackInfo &info) {
  const Query query = this->query(info.Env());
  const auto first = static_cast<uint64_t>(wholeNumber(info[0], "first"));
  const auto limit = static_cast<size_t>(wholeNumber(info[1], "limit"));
  OwnedArray<xo_output_view> pieces;
  query.check(ownArray(pieces, [&](xo_output_view **elements, size_t *count) {
    return xo_reader_output(reader_.get(), first, limit, elements, count);
  }));

  Napi::Array out = Napi::Array::New(info.Env(), pieces.count);
  uint32_t index = 0;
  for (const xo_output_view &piece : pieces) {
    out.Set(index, outputToJs(info.Env(), first + index, piece));
    index++;
  }
  return out;
}

Napi::Value Recording::history(const Napi::CallbackInfo &info) {
  const Query query = this->query(info.Env());
  const uint64_t step = query.step(info[0]);
  const auto object = static_cast<uint64_t>(wholeNumber(info[1], "the object", 1));
  return historyOf(query, step, object, static_cast<size_t>(wholeNumber(info[2], "the limit")));
}

Napi::Value Recording::lastWrite(const Napi::CallbackInfo &info) {
  const Query query = this->query(info.Env());
  const uint64_t step = query.step(info[0]);
  return lastWriteOf(query, step, SlotArgument(info[1]).view());
}

Napi::Value Recording::close(const Napi::CallbackInfo &info) {
  reader_.reset();
  readers_.reset();  // a search that is under way keeps them until it ends
  return info.Env().Undefined();
}

}  // namespace execorder
