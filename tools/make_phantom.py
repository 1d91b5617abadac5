#!/usr/bin/env python3
"""Makes DICOM phantoms whose pixels say which image they are.

Usage: tools/make_phantom.py ct          --out FOLDER [--slices 6000] [--size 512] [--syntax explicit] [--missing 7,8] ...
       tools/make_phantom.py mammogram   --out FILE [--columns 3328] [--rows 4084] [--view LMLO]
       tools/make_phantom.py film        --out FILE [--kind XA] [--size 1024] [--frames 90] [--frame-time 33.3333]
       tools/make_phantom.py orientation --out FOLDER
       tools/make_phantom.py head        --out FOLDER [--frame NAME] [--shift L,P,H] [--only axial,sagittal,...]
       tools/make_phantom.py identify    FILE...

ct          : a body with lungs, spine, ribs and correlated noise, so that lossless compression behaves as on a
              real chest (JPEG-LS about 3.3:1). Every slice carries its signature (below). 6,000 uncompressed slices
              take about ten seconds on two cores.
              --series 2 makes another series of the same study and frame of reference.
mammogram   : 13 megapixels, 12 bits, a breast on black, as seen in one of the four views; each is a series.
film        : a multi-frame loop, XA (grey, 12 bits, signed by the index of its frame) or US (colour), in which a
              vessel beats. Films of one patient are series of one study.
orientation : 48 series of a 16 x 16 x 16 cube, one per arrangement of rows, columns and slices along the body's
              axes. Stored value = (l << 8) | (p << 4) | h, where l, p, h = 0..15 count towards the patient's left,
              posterior and head: each voxel says where it is, whatever the picture claims.
head        : MR series of one head (axial, axial-thin, sagittal, coronal, oblique) in one frame of reference, of
              different spacings and sizes, with a small bright ball at L 25, P -10, H 35. --frame makes another frame
              of reference, --shift places the head elsewhere in it.
identify    : prints what the pixels of files say they are, and fails where the header disagrees.

Signature: the first columns/128 rows hold 128 square cells, most significant bit first: 16 bits 0xA5C3, 32 bits
slice index (from 0), 64 bits of SHA-256 of the SOP Instance UID, 16 bits CRC (CCITT, of the 14 bytes before). A
cell is 1 where its value is above the middle of the two values used (24 and 2024 stored). The same arguments give the
same bytes on every machine.
"""
import argparse
import binascii
import hashlib
import itertools
import multiprocessing
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pydicom
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian, generate_uid

CT_IMAGE = "1.2.840.10008.5.1.4.1.1.2"
XA_IMAGE = "1.2.840.10008.5.1.4.1.1.12.1"
US_MULTIFRAME = "1.2.840.10008.5.1.4.1.1.3.1"
MR_IMAGE = "1.2.840.10008.5.1.4.1.1.4"
MAMMOGRAM_FOR_PRESENTATION = "1.2.840.10008.5.1.4.1.1.1.2"
MAGIC = 0xA5C3
CODE_LOW, CODE_HIGH = 24, 2024
INTERCEPT, PADDING = -1024, -2000
MAMMOGRAM_VIEWS = ["RCC", "LCC", "RMLO", "LMLO"]

ENCODERS = {
    "jpegls": ["dcmcjpls"],
    "jpeg-lossless": ["dcmcjpeg", "+e1"],
    "rle": ["dcmcrle"],
    "jpeg2000": ["gdcmconv", "--j2k"],
}


# ------------------------------------------------------------------------------------------------ signature

def signature_bits(index, sop_instance_uid):
    body = MAGIC.to_bytes(2, "big") + index.to_bytes(4, "big") + hashlib.sha256(sop_instance_uid.encode()).digest()[:8]
    body += binascii.crc_hqx(body, 0xFFFF).to_bytes(2, "big")
    return np.unpackbits(np.frombuffer(body, np.uint8))


def stamp(pixels, index, sop_instance_uid):
    cell = pixels.shape[1] // 128
    values = np.where(signature_bits(index, sop_instance_uid), CODE_HIGH, CODE_LOW).astype(pixels.dtype)
    pixels[:cell, :cell * 128] = np.repeat(values, cell)[np.newaxis, :]


def read_signature(pixels):
    """(slice index, hash of the SOP Instance UID), or None where there is no intact signature."""
    cell = pixels.shape[1] // 128
    if cell == 0:
        return None
    centres = pixels[cell // 2, cell // 2:cell * 128:cell]
    body = np.packbits(centres > (CODE_LOW + CODE_HIGH) // 2).tobytes()
    if int.from_bytes(body[:2], "big") != MAGIC or binascii.crc_hqx(body[:14], 0xFFFF) != int.from_bytes(body[14:], "big"):
        return None
    return int.from_bytes(body[2:6], "big"), body[6:14]


# ------------------------------------------------------------------------------------------------ headers

def new_data_set(arguments, sop_class, syntax, kind):
    """A data set with everything that does not change from image to image."""
    def uid(*parts):
        return generate_uid(entropy_srcs=[str(arguments.seed), arguments.patient_id, kind, *parts])
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = sop_class
    meta.TransferSyntaxUID = syntax
    meta.ImplementationClassUID = uid("implementation")
    data = FileDataset("", {}, file_meta=meta, preamble=bytes(128))
    data.is_little_endian, data.is_implicit_VR = True, syntax == ImplicitVRLittleEndian
    data.SpecificCharacterSet = "ISO_IR 192"
    data.SOPClassUID = sop_class
    data.StudyInstanceUID, data.SeriesInstanceUID = uid("study"), uid("series")
    data.FrameOfReferenceUID = uid("frame of reference")
    data.PatientName, data.PatientID, data.IssuerOfPatientID = arguments.patient, arguments.patient_id, "PHANTOM"
    data.PatientBirthDate, data.PatientSex = "19650302", "O"
    data.StudyDate = data.SeriesDate = data.AcquisitionDate = data.ContentDate = "20261122"
    data.StudyTime = data.SeriesTime = data.AcquisitionTime = data.ContentTime = "031200"
    data.AccessionNumber, data.StudyID, data.ReferringPhysicianName = "PHANTOM", "1", ""
    data.Manufacturer, data.InstitutionName = "Negatoscope phantom", "Phantom"
    data.SeriesNumber, data.SamplesPerPixel, data.PhotometricInterpretation = 1, 1, "MONOCHROME2"
    return data


def set_grey(data, rows, columns, stored, signed):
    data.Rows, data.Columns = rows, columns
    data.BitsAllocated, data.BitsStored, data.HighBit, data.PixelRepresentation = 16, stored, stored - 1, int(signed)


def save(data, path, sop_instance_uid, pixels):
    data.SOPInstanceUID = data.file_meta.MediaStorageSOPInstanceUID = sop_instance_uid
    data.PixelData = pixels.tobytes()
    data["PixelData"].VR = "OW"
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    data.save_as(path, write_like_original=False)


# ------------------------------------------------------------------------------------------------ CT

class Body:
    """Draws one transverse slice; noise comes from a bank so that a slice costs a few milliseconds."""

    def __init__(self, size, seed):
        self.size = size
        random = np.random.default_rng(seed)
        white = random.standard_normal((size * 2 + 2, size * 2 + 2), dtype=np.float32)
        # The reconstruction kernel correlates neighbours.
        smooth = sum(white[i:i + size * 2, j:j + size * 2] for i in range(3) for j in range(3)) / 3
        self.noise = np.rint(smooth * 18).astype(np.int16)
        axis = (np.arange(size, dtype=np.float32) + 0.5) / size * 2 - 1
        self.x, self.y = axis[np.newaxis, :], axis[:, np.newaxis]
        self.outside = self.x ** 2 + self.y ** 2 > 1

    def ellipse(self, image, centre_x, centre_y, radius_x, radius_y, value):
        n = self.size
        left, right = (max(0, int((c + 1) * n / 2)) for c in (centre_x - radius_x, centre_x + radius_x + 2 / n))
        top, bottom = (max(0, int((c + 1) * n / 2)) for c in (centre_y - radius_y, centre_y + radius_y + 2 / n))
        x, y = self.x[:, left:right], self.y[top:bottom]
        image[top:bottom, left:right][((x - centre_x) / radius_x) ** 2 + ((y - centre_y) / radius_y) ** 2 <= 1] = value

    def slice(self, index, height):
        """height: 0 at the feet's end, 1 at the head's."""
        image = np.full((self.size, self.size), -1000, np.int16)
        swell = 0.9 + 0.1 * np.sin(height * 9)
        self.ellipse(image, 0, 0, 0.82 * swell, 0.6 * swell, -90)          # skin and fat
        self.ellipse(image, 0, 0, 0.76 * swell, 0.54 * swell, 45)          # muscle
        lung = max(0.0, float(np.sin(height * np.pi)))
        if lung > 0.1:
            self.ellipse(image, -0.36, -0.02, 0.27 * lung, 0.38 * lung, -860)
            self.ellipse(image, 0.36, -0.02, 0.27 * lung, 0.38 * lung, -860)
            for vessel in range(24):
                turn = vessel * 2.399 + height * 20
                side = -0.36 if vessel % 2 else 0.36
                reach = 0.05 + 0.2 * lung * ((vessel * 0.37) % 1)
                self.ellipse(image, side + reach * np.cos(turn), -0.02 + reach * np.sin(turn), 0.006 + 0.002 * (vessel % 5),
                             0.006 + 0.002 * (vessel % 3), 40)
            self.ellipse(image, 0.1, -0.08, 0.2 * lung, 0.2 * lung, 60)    # heart
        self.ellipse(image, 0, 0.36, 0.11, 0.1, 450)                       # vertebra
        self.ellipse(image, 0, 0.36, 0.08, 0.07, 180)
        self.ellipse(image, 0, 0.47, 0.035, 0.03, 15)                      # spinal canal
        for rib in range(8):
            turn = rib * np.pi / 4 + height * 30
            self.ellipse(image, 0.72 * np.cos(turn) * swell, 0.51 * np.sin(turn) * swell, 0.03, 0.02, 700)
        row, column = (index * 7919) % self.size, (index * 104729) % self.size
        image += self.noise[row:row + self.size, column:column + self.size]
        image -= INTERCEPT
        image[self.outside] = PADDING
        return image


class CtWriter:
    """Writes slices from one prepared header, whose few changing values have a fixed length."""

    def __init__(self, arguments):
        self.arguments = arguments
        syntax = ImplicitVRLittleEndian if arguments.syntax == "implicit" else ExplicitVRLittleEndian
        self.body = Body(arguments.size, arguments.seed)
        data = new_data_set(arguments, CT_IMAGE, syntax, "ct")
        if arguments.series != 1:
            data.SeriesNumber = arguments.series
            data.SeriesInstanceUID = generate_uid(entropy_srcs=[data.SeriesInstanceUID, str(arguments.series)])
        data.Modality, data.StudyDescription, data.SeriesDescription = "CT", "Phantom body", f"Body {arguments.spacing_z} mm"
        data.PatientPosition, data.KVP, data.ConvolutionKernel = "HFS", "120", "STANDARD"
        data.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
        data.SliceThickness = arguments.spacing_z
        data.PixelSpacing = [round(380 / arguments.size, 6)] * 2
        data.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
        set_grey(data, arguments.size, arguments.size, 16, True)
        data.RescaleIntercept, data.RescaleSlope, data.RescaleType = INTERCEPT, 1, "HU"
        data.add_new(0x00280120, "SS", PADDING)
        data.WindowCenter, data.WindowWidth = [40, -600], [400, 1500]
        self.uid_start = data.SeriesInstanceUID[:54].rstrip(".") + "."
        data.InstanceNumber = "987654"
        data.ImagePositionPatient = ["-190", "-190", "+0000000.000"]
        data.SliceLocation = "+0000000.001"
        placeholder = self.uid(0)
        data.SOPInstanceUID = data.file_meta.MediaStorageSOPInstanceUID = placeholder
        data.PixelData = bytes(arguments.size ** 2 * 2)
        data["PixelData"].VR = "OW"
        buffer = pydicom.filebase.DicomBytesIO()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            data.save_as(buffer, write_like_original=False)
        template = bytearray(buffer.getvalue()[:-arguments.size ** 2 * 2])
        self.template = template
        self.uid_at = self.find(placeholder.encode(), 2)
        self.number_at = self.find(b"987654", 1)
        self.position_at = self.find(b"+0000000.000", 1)
        self.location_at = self.find(b"+0000000.001", 1)

    def find(self, needle, count):
        places, at = [], self.template.find(needle)
        while at >= 0:
            places.append(at)
            at = self.template.find(needle, at + 1)
        if len(places) != count:
            raise SystemExit(f"make_phantom.py: the prepared header holds {needle!r} {len(places)} times, not {count}")
        return places

    def uid(self, index):
        return f"{self.uid_start}{100000 + index}"

    def write(self, index):
        arguments = self.arguments
        z = f"{(index - arguments.slices / 2) * arguments.spacing_z:+012.3f}".encode()
        uid = self.uid(index)
        header = bytearray(self.template)
        for places, value in ((self.uid_at, uid.encode()), (self.number_at, f"{index + 1:06d}".encode()),
                              (self.position_at, z), (self.location_at, z)):
            for at in places:
                header[at:at + len(value)] = value
        pixels = self.body.slice(index, index / max(1, arguments.slices - 1))
        stamp(pixels, index, uid)
        path = arguments.out / f"{index:06d}.dcm"
        with open(path, "wb") as file:
            file.write(header)
            file.write(pixels)
        encoder = ENCODERS.get(arguments.syntax)
        if encoder:
            encoded = path.with_suffix(".tmp")
            subprocess.run([*encoder, path, encoded], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            encoded.replace(path)


def start_worker(arguments):
    global writer
    writer = CtWriter(arguments)


def write_slice(index):
    writer.write(index)


def make_ct(arguments):
    arguments.out.mkdir(parents=True, exist_ok=True)
    left_out = {int(i) for i in arguments.missing.split(",") if i}
    indices = [i for i in range(arguments.slices) if i not in left_out]
    with multiprocessing.Pool(arguments.jobs, start_worker, (arguments,)) as pool:
        for done, _ in enumerate(pool.imap_unordered(write_slice, indices, chunksize=16), 1):
            if done % 500 == 0 or done == len(indices):
                print(f"{done} of {len(indices)} slices", file=sys.stderr)


def enlarge(values, scale, length):
    """Linear interpolation along the first axis, `scale` new rows for each."""
    place = np.arange(length, dtype=np.float32) / scale
    below = place.astype(np.intp)
    part = (place - below)[:, np.newaxis].astype(np.float32)
    return values[below] * (1 - part) + values[below + 1] * part


def make_mammogram(arguments):
    rows, columns = arguments.rows, arguments.columns
    random = np.random.default_rng(arguments.seed)
    y, x = np.ogrid[0:rows, 0:columns]
    depth = 1 - (x / (columns * 0.62)) ** 2 - ((y - rows / 2) / (rows * 0.46)) ** 2
    breast = np.clip(depth, 0, 1).astype(np.float32) ** 0.35
    # Tissue: noise at several scales, coarse ones stronger.
    tissue = np.zeros((rows, columns), np.float32)
    for scale in (256, 64, 16, 4):
        coarse = random.standard_normal((rows // scale + 2, columns // scale + 2), dtype=np.float32)
        tissue += enlarge(enlarge(coarse, scale, rows).T, scale, columns).T * scale ** 0.5
    values = breast * (1900 + 28 * tissue) + random.standard_normal((rows, columns), dtype=np.float32) * 14
    pixels = np.where(depth > 0, np.clip(values, 1, 4095), 0).astype(np.uint16)
    data = new_data_set(arguments, MAMMOGRAM_FOR_PRESENTATION, ExplicitVRLittleEndian, "mammogram")
    side, projection = arguments.view[0], arguments.view[1:]
    if side == "R":
        pixels = np.ascontiguousarray(pixels[:, ::-1])
    data.Modality, data.StudyDescription, data.SeriesDescription = "MG", "Phantom mammogram", f"{side} {projection}"
    data.SeriesNumber = MAMMOGRAM_VIEWS.index(arguments.view) + 1
    data.SeriesInstanceUID = generate_uid(entropy_srcs=[data.SeriesInstanceUID, arguments.view])
    data.ImageType = ["DERIVED", "PRIMARY"]
    data.PresentationIntentType, data.PresentationLUTShape = "FOR PRESENTATION", "IDENTITY"
    data.ImageLaterality, data.ViewPosition = side, projection
    below = "F" if projection == "MLO" else "R" if side == "L" else "L"
    data.PatientOrientation = ["A" if side == "L" else "P", below]
    data.ImagerPixelSpacing, data.BurnedInAnnotation, data.InstanceNumber = [0.065, 0.065], "NO", 1
    data.PixelIntensityRelationship, data.PixelIntensityRelationshipSign = "LOG", -1
    set_grey(data, rows, columns, 12, False)
    data.RescaleIntercept, data.RescaleSlope, data.RescaleType = 0, 1, "US"
    data.WindowCenter, data.WindowWidth = 2000, 2800
    uid = generate_uid(entropy_srcs=[str(arguments.seed), "mammogram", arguments.view])
    stamp(pixels, 0, uid)
    save(data, arguments.out, uid, pixels)


def make_film(arguments):
    size, frames, colour = arguments.size, arguments.frames, arguments.kind_of_film == "US"
    random = np.random.default_rng(arguments.seed)
    y, x = np.mgrid[0:size, 0:size].astype(np.float32) / size
    tissue = enlarge(enlarge(random.standard_normal((size // 32 + 2,) * 2, dtype=np.float32), 32, size).T, 32, size).T
    data = new_data_set(arguments, US_MULTIFRAME if colour else XA_IMAGE, ExplicitVRLittleEndian, "film")
    data.SeriesInstanceUID = generate_uid(entropy_srcs=[data.SeriesInstanceUID, arguments.kind_of_film])
    data.Modality, data.StudyDescription = arguments.kind_of_film, "Phantom films"
    data.SeriesNumber, data.SeriesDescription = (2, "Loop") if colour else (1, "Run")
    data.InstanceNumber, data.NumberOfFrames = 1, frames
    data.FrameTime, data.FrameIncrementPointer = f"{arguments.frame_time:.4f}", 0x00181063
    uid = generate_uid(entropy_srcs=[str(arguments.seed), "film", arguments.kind_of_film])
    pixels = []
    for frame in range(frames):
        beat = 0.03 + 0.02 * np.sin(2 * np.pi * frame / frames * 4)
        vessel = np.exp(-((x - 0.5 - 0.2 * np.sin(7 * y)) / beat) ** 2)
        if colour:
            grey = np.clip(90 + 40 * tissue + random.standard_normal((size, size), dtype=np.float32) * 18, 0, 255)
            flow = np.where(vessel > 0.3, 255 * vessel, grey)
            pixels.append(np.stack([flow, np.where(vessel > 0.3, 40, grey), grey], axis=-1).astype(np.uint8))
        else:
            values = 2600 + 180 * tissue - 1500 * vessel + random.standard_normal((size, size), dtype=np.float32) * 30
            pixels.append(np.clip(values, 0, 4095).astype(np.uint16))
            stamp(pixels[-1], frame, uid)
    if colour:
        data.SamplesPerPixel, data.PhotometricInterpretation, data.PlanarConfiguration = 3, "RGB", 0
        data.Rows, data.Columns = size, size
        data.BitsAllocated, data.BitsStored, data.HighBit, data.PixelRepresentation = 8, 8, 7, 0
    else:
        data.ImageType, data.PixelIntensityRelationship = ["ORIGINAL", "PRIMARY", "SINGLE PLANE"], "LIN"
        set_grey(data, size, size, 12, False)
        data.WindowCenter, data.WindowWidth = 2000, 3600
    save(data, arguments.out, uid, np.stack(pixels))


def make_orientations(arguments):
    """Folder names say where rows run, where columns run and where slices follow, e.g. L-P-H for a supine chest."""
    letters = {(0, 1): "L", (0, -1): "R", (1, 1): "P", (1, -1): "A", (2, 1): "H", (2, -1): "F"}
    size = 16
    for axes in itertools.permutations(range(3)):
        for signs in itertools.product((1, -1), repeat=3):
            name = "-".join(letters[(axis, sign)] for axis, sign in zip(axes, signs))
            data = new_data_set(arguments, CT_IMAGE, ExplicitVRLittleEndian, name)
            data.Modality, data.StudyDescription, data.SeriesDescription = "CT", "Phantom orientations", name
            # One study and one frame of reference for all.
            data.StudyInstanceUID = generate_uid(entropy_srcs=[str(arguments.seed), "orientations"])
            data.FrameOfReferenceUID = generate_uid(entropy_srcs=[str(arguments.seed), "orientations frame"])
            data.PixelSpacing, data.SliceThickness = [1, 1], 1
            set_grey(data, size, size, 12, False)
            data.RescaleIntercept, data.RescaleSlope = 0, 1
            data.WindowCenter, data.WindowWidth = 2048, 4096
            direction = np.zeros((3, 3))
            for row, (axis, sign) in enumerate(zip(axes, signs)):
                direction[row][axis] = sign
            data.ImageOrientationPatient = [int(v) for v in (*direction[0], *direction[1])]
            centre = (size - 1) / 2
            for number in range(size):
                column, row = np.meshgrid(np.arange(size), np.arange(size))
                steps = np.stack([column - centre, row - centre, np.full_like(column, number) - centre], axis=-1)
                towards = np.rint(steps @ direction + centre).astype(np.uint16)   # 0..15 towards left, posterior, head
                pixels = (towards[..., 0] << 8) | (towards[..., 1] << 4) | towards[..., 2]
                origin = np.array([-centre, -centre, number - centre]) @ direction
                data.ImagePositionPatient = [float(v) for v in origin]
                data.InstanceNumber = number + 1
                save(data, arguments.out / name / f"{number:02d}.dcm",
                     generate_uid(entropy_srcs=[str(arguments.seed), name, str(number)]), pixels.astype(np.uint16))


HEAD_BALL, HEAD_BALL_RADIUS = (25.0, -10.0, 35.0), 4.0
# name: row and column directions (L, P, H), matrix, pixel, slices, distance between slices
HEAD_SERIES = {
    "axial": ((1, 0, 0), (0, 1, 0), 256, 0.9, 30, 5.0),
    "axial-thin": ((1, 0, 0), (0, 1, 0), 192, 1.2, 46, 3.0),
    "sagittal": ((0, 1, 0), (0, 0, -1), 256, 0.9, 27, 6.0),
    "coronal": ((1, 0, 0), (0, 0, -1), 256, 0.9, 34, 6.0),
    "oblique": ((1, 0, 0), (0, 0.8, 0.6), 256, 0.9, 30, 5.0),
}


def head_value(left, posterior, head):
    """Signal of a simple head at places in millimetres: skin, skull, brain, ventricles, one bright ball."""
    def ellipsoid(centre, radii):
        return sum(((value - c) / r) ** 2 for value, c, r in zip((left, posterior, head), centre, radii)) <= 1
    value = np.zeros(left.shape, np.float32)
    for centre, radii, signal in (((0, 0, 0), (78, 98, 88), 700), ((0, 0, 4), (72, 92, 82), 120), ((0, 0, 6), (66, 86, 76), 480),
                                  ((12, -8, 12), (7, 26, 12), 90), ((-12, -8, 12), (7, 26, 12), 90), ((0, 45, -38), (36, 28, 22), 420),
                                  ((0, -96, -18), (13, 14, 18), 650), ((30, -62, -14), (12, 13, 11), 260), ((-30, -62, -14), (12, 13, 11), 260)):
        value[ellipsoid(centre, radii)] = signal
    value += np.where(value == 480, 40 * np.sin(left / 7) * np.sin(posterior / 9) * np.sin(head / 8), 0)
    value[ellipsoid(HEAD_BALL, (HEAD_BALL_RADIUS,) * 3)] = 1000
    return value


def make_head(arguments):
    shift = np.array([float(v) for v in arguments.shift.split(",")])
    wanted = arguments.only.split(",") if arguments.only else list(HEAD_SERIES)
    random = np.random.default_rng(arguments.seed)
    for number, name in enumerate(HEAD_SERIES, 1):
        if name not in wanted:
            continue
        row, column, size, pixel, slices, distance = HEAD_SERIES[name]
        row, column = np.array(row, float), np.array(column, float)
        normal = np.cross(row, column)
        data = new_data_set(arguments, MR_IMAGE, ExplicitVRLittleEndian, f"head {name} {arguments.frame}{arguments.study}")
        data.StudyInstanceUID = generate_uid(entropy_srcs=[str(arguments.seed), arguments.patient_id, "head", arguments.study])
        data.FrameOfReferenceUID = generate_uid(entropy_srcs=[str(arguments.seed), arguments.frame_of or arguments.patient_id, "head", arguments.frame])
        data.Modality, data.StudyDescription, data.SeriesNumber = "MR", "Phantom head", number
        data.SeriesDescription = f"{name} {arguments.frame}".strip()
        data.StudyDate = data.SeriesDate = data.AcquisitionDate = data.ContentDate = arguments.date
        data.ImageType, data.PatientPosition = ["ORIGINAL", "PRIMARY", "M"], "HFS"
        data.RepetitionTime, data.EchoTime, data.SliceThickness = 500, 12, distance
        data.ImageOrientationPatient = [float(v) for v in (*row, *column)]
        data.PixelSpacing = [pixel, pixel]
        data.WindowCenter, data.WindowWidth = 400, 800
        set_grey(data, size, size, 12, False)
        steps = (np.arange(size) - (size - 1) / 2) * pixel
        for index in range(slices):
            middle = normal * (index - (slices - 1) / 2) * distance
            places = [middle[i] + row[i] * steps[np.newaxis, :] + column[i] * steps[:, np.newaxis] for i in range(3)]
            pixels = head_value(*places) + random.standard_normal((size, size), dtype=np.float32) * 12
            data.InstanceNumber = index + 1
            origin = middle + row * steps[0] + column * steps[0] + shift
            data.ImagePositionPatient = [round(float(v), 4) for v in origin]
            save(data, arguments.out / f"{name}{'-' + arguments.frame if arguments.frame else ''}" / f"{index:03d}.dcm",
                 generate_uid(entropy_srcs=[str(arguments.seed), arguments.patient_id, arguments.study, arguments.frame, name, str(index)]),
                 np.clip(pixels, 0, 4095).astype(np.uint16))


def identify(arguments):
    wrong = 0
    for path in arguments.files:
        data = pydicom.dcmread(path)
        found = read_signature(np.frombuffer(data.PixelData, np.int16)[:data.Rows * data.Columns].reshape(data.Rows, data.Columns))
        expected = hashlib.sha256(data.SOPInstanceUID.encode()).digest()[:8]
        good = found is not None and found[1] == expected
        wrong += not good
        print(f"{path}: " + ("no signature" if found is None else f"slice {found[0]}, " + ("its own" if good else "ANOTHER image's")))
    return 1 if wrong else 0


OPTIONS_OF_ALL = [("--patient", "Phantom^Anna", None), ("--patient-id", "PHANTOM-1", None), ("--seed", 1, None)]
OPTIONS = {
    "ct": [("--slices", 6000, None), ("--size", 512, "rows and columns; at least 128"), ("--spacing-z", 0.3, "mm"),
           ("--missing", "", "slice indices to leave out, e.g. 7,8"),
           ("--series", 1, "number of the series in the study")],
    "mammogram": [("--rows", 4084, None), ("--columns", 3328, None)],
    "film": [("--size", 1024, "at least 128"), ("--frames", 90, None), ("--frame-time", 33.3333, "ms")],
    "head": [("--frame", "", "name of the frame of reference; another name, another frame"),
             ("--frame-of", "", "the patient ID whose frame of reference is wrongly given, as broken machines do"),
             ("--study", "", "name of the study; another name, another study"), ("--date", "20261122", None),
             ("--shift", "0,0,0", "of the head in its frame of reference, mm, e.g. 0,0,120"),
             ("--only", "", "series to make, e.g. axial,coronal")],
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = parser.add_subparsers(dest="kind", required=True)
    for name, make in (("ct", make_ct), ("mammogram", make_mammogram), ("film", make_film),
                       ("orientation", make_orientations), ("head", make_head)):
        kind = kinds.add_parser(name)
        kind.set_defaults(make=make)
        kind.add_argument("--out", type=Path, required=True)
        for option, default, words in [*OPTIONS_OF_ALL, *OPTIONS.get(name, [])]:
            kind.add_argument(option, default=default, type=type(default), help=words)
        if name == "ct":
            kind.add_argument("--syntax", default="explicit", choices=["explicit", "implicit", *ENCODERS])
            kind.add_argument("--jobs", type=int)
        elif name == "mammogram":
            kind.add_argument("--view", default="LMLO", choices=MAMMOGRAM_VIEWS)
        elif name == "film":
            kind.add_argument("--kind", dest="kind_of_film", default="XA", choices=["XA", "US"])
    kind = kinds.add_parser("identify")
    kind.set_defaults(make=identify)
    kind.add_argument("files", nargs="+")
    arguments = parser.parse_args()
    if arguments.kind == "ct" and not (128 <= arguments.size <= 4096 and 1 <= arguments.slices <= 899_999):
        parser.error("--size is 128 to 4096, --slices 1 to 899999")
    return arguments.make(arguments) or 0


if __name__ == "__main__":
    sys.exit(main())
