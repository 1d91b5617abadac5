#!/usr/bin/env python3
"""The phantoms say truly which image they are, and a lie is found."""
import importlib.util
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
import pydicom

sys.dont_write_bytecode = True
SCRIPT = Path(__file__).resolve().parents[2] / "tools/make_phantom.py"
specification = importlib.util.spec_from_file_location("make_phantom", SCRIPT)
phantom = importlib.util.module_from_spec(specification)
specification.loader.exec_module(phantom)


def make(*arguments):
    return subprocess.run([sys.executable, SCRIPT, *map(str, arguments)], capture_output=True, text=True)


class PhantomTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.out = Path(folder.name) / "a phantom"

    def make_ct(self, *more):
        done = make("ct", "--out", self.out, "--slices", 6, "--size", 128, *more)
        self.assertEqual(done.returncode, 0, done.stderr)
        return sorted(self.out.iterdir())

    def test_every_slice_says_which_it_is(self):
        for index, path in enumerate(self.make_ct()):
            data = pydicom.dcmread(path)
            found = phantom.read_signature(data.pixel_array)
            self.assertEqual(found[0], index)
            self.assertEqual(data.InstanceNumber, index + 1)
            self.assertAlmostEqual(float(data.ImagePositionPatient[2]), (index - 3) * 0.3, places=3)
        self.assertEqual(make("identify", *self.out.iterdir()).returncode, 0)

    def test_slices_are_one_series_of_distinct_instances(self):
        all_data = [pydicom.dcmread(p) for p in self.make_ct()]
        self.assertEqual(len({d.SeriesInstanceUID for d in all_data}), 1)
        self.assertEqual(len({d.SOPInstanceUID for d in all_data}), 6)
        for data in all_data:
            self.assertEqual(data.SOPInstanceUID, data.file_meta.MediaStorageSOPInstanceUID)
            self.assertLessEqual(len(data.SOPInstanceUID), 64)

    def test_the_same_seed_gives_the_same_bytes(self):
        first = [p.read_bytes() for p in self.make_ct()]
        self.assertEqual(first, [p.read_bytes() for p in self.make_ct()])
        self.assertNotEqual(first, [p.read_bytes() for p in self.make_ct("--seed", 2)])

    def test_left_out_slices_are_missing(self):
        self.assertEqual([p.name for p in self.make_ct("--missing", "1,4")],
                         [f"{i:06d}.dcm" for i in (0, 2, 3, 5)])

    def test_pixels_of_another_image_are_found(self):
        first, second = self.make_ct()[:2]
        swapped = pydicom.dcmread(first)
        swapped.PixelData = pydicom.dcmread(second).PixelData
        swapped.save_as(first)
        done = make("identify", first)
        self.assertEqual(done.returncode, 1)
        self.assertIn("ANOTHER", done.stdout)

    def test_a_damaged_signature_is_none(self):
        pixels = pydicom.dcmread(self.make_ct()[0]).pixel_array.copy()
        pixels[0, 40] = phantom.CODE_HIGH + phantom.CODE_LOW - pixels[0, 40]
        self.assertIsNone(phantom.read_signature(pixels))

    def test_voxels_carry_their_own_position(self):
        self.assertEqual(make("orientation", "--out", self.out).returncode, 0)
        folders = sorted(self.out.iterdir())
        self.assertEqual(len(folders), 48)
        checked = 0
        for folder in folders:
            for path in list(folder.iterdir())[::5]:
                data = pydicom.dcmread(path)
                direction = np.array(data.ImageOrientationPatient, float).reshape(2, 3)
                for row, column in ((0, 0), (3, 11), (15, 2)):
                    point = np.array(data.ImagePositionPatient, float) + column * direction[0] + row * direction[1]
                    left, posterior, head = (int(round(v + 7.5)) for v in point)
                    self.assertEqual(data.pixel_array[row, column], left << 8 | posterior << 4 | head, path)
                    checked += 1
        self.assertGreater(checked, 400)


if __name__ == "__main__":
    unittest.main()
