"""Builds the package for pip: the C extension with the flags of CMakeLists.txt, and the mark that tells which sources it
was made of. Everything else stands in pyproject.toml."""

import glob
import hashlib
import os
import sys
import tempfile

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))  # not there when a build runs by PEP 517

import setup_zstd  # noqa: E402

# As in adapter/src/interpreter/sources.ts, which compares the hash.
PARTS = ('CMakeLists.txt', 'include', 'src', 'python')
KINDS = ('.c', '.h', '.py', '.pyi', '.typed')
COMPILE = ['-std=c11', '-O3', '-g0', '-fno-strict-aliasing', '-fvisibility=hidden', '-Wall', '-Wextra', '-Wshadow']
WHERE_KNOWN = ['-fno-plt', '-flto']


def source_files():
    """The recorder's sources, relative to this folder, with slashes."""
    found = []
    for part in PARTS:
        below = [file for file in glob.glob(part + '/**/*', recursive=True) if file.endswith(KINDS)]
        found += [part] if '.' in part else [file.replace(os.sep, '/') for file in below]
    return sorted(found)


def hash_of_sources():
    hashed = hashlib.sha256()
    for file in source_files():
        hashed.update(file.encode() + b'\0')
        with open(file, 'rb') as stream:
            hashed.update(stream.read())
    return hashed.hexdigest()


class BuildPython(build_py):
    """Says in the built package which sources it was made of."""

    def run(self):
        super().run()
        if not getattr(self, 'editable_mode', False):
            with open(os.path.join(self.build_lib, 'execorder', '_sources.sha256'), 'w') as file:
                file.write(hash_of_sources() + '\n')


class BuildExtension(build_ext):
    """Adds the flags that this compiler knows."""

    def build_extension(self, extension):
        known = [flag for flag in WHERE_KNOWN if self.links('int main(void) { return 0; }\n', [flag, '-Werror'])]
        setup_zstd.add_to(extension, self)
        extension.extra_compile_args += known
        extension.extra_link_args += ['-O3'] + known
        super().build_extension(extension)

    def links(self, text, flags):
        """Whether a program can be made so."""
        with tempfile.TemporaryDirectory() as folder:
            source = os.path.join(folder, 'a.c')
            with open(source, 'w') as file:
                file.write(text)
            try:
                objects = self.compiler.compile([source], output_dir=folder, extra_postargs=flags)
                self.compiler.link_executable(objects, os.path.join(folder, 'a.out'), extra_postargs=flags)
            except Exception:  # distutils' own kinds of errors differ between its versions
                return False
        return True


class SourceDistribution(sdist):
    """Holds zstd's sources, too."""

    def make_release_tree(self, base_dir, files):
        super().make_release_tree(base_dir, files)
        setup_zstd.copy_to(base_dir)


setup(
    ext_modules=[
        Extension(
            'execorder._native',
            sorted(glob.glob('src/*/*.c')),
            include_dirs=['include', 'src/store', 'src/tools'],
            depends=glob.glob('include/execorder/*.h') + glob.glob('src/*/*.h'),
            extra_compile_args=COMPILE,
            libraries=['m', 'pthread'],
        ),
    ],
    cmdclass={'build_ext': BuildExtension, 'build_py': BuildPython, 'sdist': SourceDistribution},
)
