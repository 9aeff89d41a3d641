"""A recorder that was built without zstd says so where that matters."""

import os
import tempfile
import unittest
import warnings
from unittest import mock

import execorder
from execorder import _native


class UncompressedTest(unittest.TestCase):
    def warnings_of(self, compresses, rounds):
        with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings(record=True) as told:
            warnings.simplefilter('always')
            with mock.patch.object(_native, 'compresses', lambda: compresses):
                with execorder.recording(os.path.join(folder, 'long.xrec')):
                    for _ in range(rounds):
                        pass
        return [str(warning.message) for warning in told]

    def test_of_a_long_recording_that_is_said(self):
        sentence = 'the recording is not compressed: zstd was not found when the recorder was built'
        self.assertEqual(self.warnings_of(False, 200000), [sentence])
        self.assertEqual(self.warnings_of(False, 100), [])
        self.assertEqual(self.warnings_of(True, 200000), [])


if __name__ == '__main__':
    unittest.main()
