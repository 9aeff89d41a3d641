"""Where setup.py gets zstd from, which compresses recordings: as in cmake/zstd.cmake, from its own sources, which are
put into the source distribution, or else from the system's library."""

import glob
import os
import shutil

#: Each has lib/zstd.h in it: named by hand, in a source distribution, in a checkout.
FOLDERS = (os.environ.get('EXECORDER_ZSTD_DIR'), 'zstd', '../node_modules/zstd-napi/deps/zstd',
           '../native/node_modules/zstd-napi/deps/zstd')
PARTS = ('common', 'compress', 'decompress')
UNUSED = ('DFAST', 'GREEDY', 'LAZY', 'LAZY2', 'BTLAZY2', 'BTOPT', 'BTULTRA')
#: The names stay inside, so that another zstd in the same process is no trouble.
MACROS = [('ZSTD_DISABLE_ASM', '1'), ('ZSTD_LEGACY_SUPPORT', '0'), ('ZSTDLIB_VISIBLE', ''), ('ZSTDERRORLIB_VISIBLE', '')]
MACROS += [('ZSTD_EXCLUDE_%s_BLOCK_COMPRESSOR' % name, '1') for name in UNUSED]
PROGRAM = '#include <zstd.h>\nint main(void) { return (int)(ZSTD_versionNumber() == 0); }\n'


def library_folder():
    """The folder `lib` of zstd's sources, or None."""
    for folder in filter(None, FOLDERS):
        if os.path.exists(os.path.join(folder, 'lib', 'zstd.h')):
            return os.path.abspath(os.path.join(folder, 'lib'))
    return None


def add_to(extension, builder):
    """Compiles it and has the extension use it."""
    folder = library_folder()
    if folder is not None:
        sources = [file for part in PARTS for file in sorted(glob.glob(os.path.join(folder, part, '*.c')))]
        extension.extra_objects += builder.compiler.compile(
            sources, output_dir=builder.build_temp, macros=MACROS, include_dirs=[folder],
            extra_postargs=['-w', '-O2', '-fvisibility=hidden'])
        extension.include_dirs.append(folder)
    elif builder.links(PROGRAM, ['-lzstd']):
        extension.libraries.append('zstd')
    else:
        print('zstd was not found: recordings are not compressed, and compressed ones cannot be read')
        return
    extension.define_macros.append(('XO_HAVE_ZSTD', '1'))


def copy_to(folder):
    """Puts the sources, when they are known, into a source distribution's folder."""
    library = library_folder()
    if library is None:
        return
    for part in ('',) + PARTS:
        made = os.path.join(folder, 'zstd', 'lib', part)
        os.makedirs(made, exist_ok=True)
        for file in glob.glob(os.path.join(library, part, '*.[ch]')):
            shutil.copy(file, made)
    for file in glob.glob(os.path.join(library, '..', 'LICENSE')):
        shutil.copy(file, os.path.join(folder, 'zstd'))
