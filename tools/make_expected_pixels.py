#!/usr/bin/python3
"""Writes tests/golden/pixels.csv: the SHA-256 of all decoded frames of test files, by decoders other than ours.

Usage: tools/make_expected_pixels.py tests/data > tests/golden/pixels.csv

Native pixels are unpacked here with numpy. Compressed ones are first made native by the tool named in the column
`oracle`; where a file has an uncompressed twin, that twin is the oracle. A frame's digest is over what
DecodeService promises: rows from the top, samples interleaved, little endian, stored values with the sign extended.
"""
import csv
import hashlib
import pathlib
import subprocess
import sys
import tempfile

import numpy
import pydicom
from pydicom.encaps import generate_pixel_data_frame

# Files whose lossless coding must give the pixels of another file.
TWINS = {
    **{f"ts/ct/{name}.dcm": "ts/ct/ile.dcm" for name in ("be", "dfl", "j2k90", "jls80", "jpg57", "jpg70", "rle")},
    **{f"ts/wg04/{name}": "ts/wg04/CT2_UNC" for name in ("CT2_J2KR", "CT2_JLSL", "CT2_JPLL", "CT2_RLE")},
}
# Grey JPEG 2000 with several fragments per frame, which gdcmconv mixes up: each frame through opj_decompress.
BY_OPENJPEG = {"enh/j2k-multifrag.dcm"}
GDCM = ["gdcmconv", "--raw"]
TOOLS = {
    "1.2.840.10008.1.2.5": ["dcmdrle"],
    "1.2.840.10008.1.2.4.50": ["dcmdjpeg", "+cn"],
    "1.2.840.10008.1.2.4.51": GDCM,
    "1.2.840.10008.1.2.4.53": ["dcmdjpeg", "+cn"],
    "1.2.840.10008.1.2.4.55": ["dcmdjpeg", "+cn"],
    "1.2.840.10008.1.2.4.57": GDCM,
    "1.2.840.10008.1.2.4.70": GDCM,
    "1.2.840.10008.1.2.4.80": ["dcmdjpls"],
    "1.2.840.10008.1.2.4.81": ["dcmdjpls"],
    "1.2.840.10008.1.2.4.90": GDCM,
    "1.2.840.10008.1.2.4.91": GDCM,
}


def unpack(dataset):
    """All frames of a native data set as DecodeService gives them."""
    rows, columns, samples = dataset.Rows, dataset.Columns, dataset.SamplesPerPixel
    frames = int(dataset.get("NumberOfFrames", 1) or 1)
    count = frames * rows * columns
    if "FloatPixelData" in dataset:
        return dataset.FloatPixelData[: count * 4]
    data = dataset.PixelData
    big = not dataset.is_little_endian
    allocated = dataset.BitsAllocated
    if big and allocated <= 8 and dataset["PixelData"].VR == "OW":
        data = numpy.frombuffer(data[: len(data) // 2 * 2], ">u2").astype("<u2").tobytes()
    if allocated == 1:
        return numpy.unpackbits(numpy.frombuffer(data, "u1"), bitorder="little")[:count].tobytes()
    if dataset.PhotometricInterpretation == "YBR_FULL_422" and len(data) < count * 3:
        quads = numpy.frombuffer(data[: count * 2], "u1").reshape(-1, 4)
        pixels = numpy.empty((count // 2, 2, 3), "u1")
        pixels[:, :, 0] = quads[:, :2]
        pixels[:, :, 1:] = quads[:, None, 2:]
        return pixels.tobytes()
    order = ">" if big else "<"
    words = numpy.frombuffer(data, f"{order}u{allocated // 8}", count * samples)
    if samples > 1 and dataset.get("PlanarConfiguration", 0) == 1:
        words = words.reshape(frames, samples, rows * columns).transpose(0, 2, 1)
    words = words.astype(f"<u{allocated // 8}").ravel()
    up = allocated - 1 - dataset.HighBit
    down = allocated - dataset.BitsStored
    words = words << words.dtype.type(up)
    if dataset.PixelRepresentation == 1:
        words = words.view(f"<i{allocated // 8}")
    return (words >> words.dtype.type(down)).tobytes()


def by_openjpeg(dataset):
    """Frames of a grey 16-bit file, each decoded by opj_decompress."""
    frames = b""
    with tempfile.TemporaryDirectory() as folder:
        for codestream in generate_pixel_data_frame(dataset.PixelData, int(dataset.NumberOfFrames)):
            coded, raw = pathlib.Path(folder) / "frame.j2k", pathlib.Path(folder) / "frame.rawl"
            coded.write_bytes(codestream)
            subprocess.run(["opj_decompress", "-i", coded, "-o", raw], capture_output=True, check=True)
            # Lossy overshoot beyond Bits Stored means its upper end.
            words = numpy.frombuffer(raw.read_bytes(), "<u2")
            frames += numpy.minimum(words, (1 << dataset.BitsStored) - 1).astype("<u2").tobytes()
    return frames


def expected(root, path):
    """Digest and oracle of one file; None if no other decoder reads it."""
    dataset = pydicom.dcmread(root / path, force=True)
    if "Rows" not in dataset or not ("PixelData" in dataset or "FloatPixelData" in dataset):
        return None
    if path in TWINS:
        twin = pydicom.dcmread(root / TWINS[path])
        return hashlib.sha256(unpack(twin)).hexdigest(), f"numpy on {TWINS[path]}"
    if path in BY_OPENJPEG:
        return hashlib.sha256(by_openjpeg(dataset)).hexdigest(), "opj_decompress"
    syntax = str(dataset.file_meta.TransferSyntaxUID) if "TransferSyntaxUID" in dataset.file_meta else ""
    if syntax in ("", "1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.2"):
        return hashlib.sha256(unpack(dataset)).hexdigest(), "numpy"
    tool = TOOLS.get(syntax)
    if not tool:
        return None
    with tempfile.TemporaryDirectory() as folder:
        native = pathlib.Path(folder) / "native.dcm"
        done = subprocess.run([*tool, root / path, native], capture_output=True)
        if done.returncode != 0 or not native.exists():
            print(f"{path}: {tool[0]} does not decode it", file=sys.stderr)
            return None
        return hashlib.sha256(unpack(pydicom.dcmread(native))).hexdigest(), " ".join(tool)


def main():
    root = pathlib.Path(sys.argv[1])
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["path", "sha256", "oracle"])
    for file in sorted(p for p in root.rglob("*") if p.is_file() and "bad/fuzz" not in str(p)):
        path = str(file.relative_to(root))
        try:
            result = expected(root, path)
        except Exception as error:  # a file no oracle understands has no row
            print(f"{path}: {type(error).__name__}", file=sys.stderr)
            continue
        if result:
            out.writerow([path, *result])


if __name__ == "__main__":
    main()
