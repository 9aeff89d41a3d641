# zstd, which compresses what is recorded, from its own sources: they come with an npm package, or lie in recorder-c/zstd
# where this folder is shipped by itself. XO_ZSTD_DIR (or EXECORDER_ZSTD_DIR in the environment) names another folder,
# one with lib/zstd.h in it. Without the sources the system's library is taken; without that one recordings are
# written as they are, and those that are compressed can't be read. XO_ZSTD=OFF asks for just that.
option(XO_ZSTD "Compress recordings with zstd" ON)
set(XO_ZSTD_DIR "$ENV{EXECORDER_ZSTD_DIR}" CACHE PATH "The folder of zstd's sources")
foreach(folder "${XO_ZSTD_DIR}" "${CMAKE_CURRENT_SOURCE_DIR}/zstd"
        "${CMAKE_CURRENT_SOURCE_DIR}/../node_modules/zstd-napi/deps/zstd"
        "${CMAKE_CURRENT_SOURCE_DIR}/../native/node_modules/zstd-napi/deps/zstd")
  if(XO_ZSTD AND NOT XO_ZSTD_SOURCES AND EXISTS "${folder}/lib/zstd.h")
    set(XO_ZSTD_LIB "${folder}/lib")
    file(GLOB XO_ZSTD_SOURCES "${folder}/lib/common/*.c" "${folder}/lib/compress/*.c" "${folder}/lib/decompress/*.c")
  endif()
endforeach()

add_library(xo_zstd INTERFACE)
if(XO_ZSTD_SOURCES)
  add_library(xo_zstd_sources STATIC ${XO_ZSTD_SOURCES})
  # Of the compressors only the fast one is used; the others would take most of the compiler's time. The names stay
  # inside, so that another zstd in the same process is no trouble.
  target_compile_definitions(xo_zstd_sources PRIVATE ZSTD_DISABLE_ASM ZSTD_LEGACY_SUPPORT=0 ZSTDLIB_VISIBLE=
                             ZSTDERRORLIB_VISIBLE= ZSTD_EXCLUDE_DFAST_BLOCK_COMPRESSOR ZSTD_EXCLUDE_GREEDY_BLOCK_COMPRESSOR
                             ZSTD_EXCLUDE_LAZY_BLOCK_COMPRESSOR ZSTD_EXCLUDE_LAZY2_BLOCK_COMPRESSOR
                             ZSTD_EXCLUDE_BTLAZY2_BLOCK_COMPRESSOR ZSTD_EXCLUDE_BTOPT_BLOCK_COMPRESSOR
                             ZSTD_EXCLUDE_BTULTRA_BLOCK_COMPRESSOR)
  if(NOT MSVC)
    target_compile_options(xo_zstd_sources PRIVATE -w -O2)
  endif()
  target_include_directories(xo_zstd SYSTEM INTERFACE ${XO_ZSTD_LIB})
  target_link_libraries(xo_zstd INTERFACE xo_zstd_sources)
  target_compile_definitions(xo_zstd INTERFACE XO_HAVE_ZSTD=1)
elseif(XO_ZSTD)
  find_path(XO_ZSTD_INCLUDE zstd.h)
  find_library(XO_ZSTD_LIBRARY zstd)
  if(XO_ZSTD_INCLUDE AND XO_ZSTD_LIBRARY)
    target_include_directories(xo_zstd SYSTEM INTERFACE ${XO_ZSTD_INCLUDE})
    target_link_libraries(xo_zstd INTERFACE ${XO_ZSTD_LIBRARY})
    target_compile_definitions(xo_zstd INTERFACE XO_HAVE_ZSTD=1)
  else()
    message(STATUS "zstd was not found: recordings are not compressed")
  endif()
endif()
