#pragma once

#include <volume/Reslice.h>

#include <vtkFloatArray.h>
#include <vtkImageData.h>
#include <vtkImageReslice.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkShortArray.h>
#include <vtkSmartPointer.h>

#include <span>
#include <vector>

/// vtkImageReslice on a copy of the voxels: the oracle and the yardstick of volume/Reslice.
///
/// Of VTK 9.1: where all directions are exact axes, a slab of an even number of samples is centred as one of
/// an odd number and the other way round, half a step aside; elsewhere it is centred as we do.
namespace negatoscope::test {

class VtkReslice
{
public:
    /// Of an evenly spaced volume without tilt.
    explicit VtkReslice(const volume::Volume &volume) : m_geometry(volume.geometry())
    {
        m_image->SetDimensions(m_geometry.columns, m_geometry.rows, m_geometry.slices());
        m_image->SetSpacing(m_geometry.columnSpacing, m_geometry.rowSpacing, m_geometry.spacing.value_or(1));
        m_voxels.resize(volume.sliceBytes() * std::size_t(m_geometry.slices()));
        for (int k = 0; k < m_geometry.slices(); ++k)
            volume.copySlice(
                k, std::span(m_voxels).subspan(std::size_t(k) * volume.sliceBytes(), volume.sliceBytes()));
        const auto count = static_cast<vtkIdType>(m_voxels.size() / bytesOf(volume.voxelType()));
        if (volume.voxelType() == volume::VoxelType::Int16) {
            vtkNew<vtkShortArray> array;
            array->SetArray(reinterpret_cast<short *>(m_voxels.data()), count, 1);
            m_image->GetPointData()->SetScalars(array);
        } else {
            vtkNew<vtkFloatArray> array;
            array->SetArray(reinterpret_cast<float *>(m_voxels.data()), count, 1);
            m_image->GetPointData()->SetScalars(array);
        }
        m_reslice->SetInputData(m_image);
        m_reslice->BorderOn();
        m_reslice->AutoCropOutputOff();
    }

    vtkImageReslice *filter() { return m_reslice; }

    /// The picture, of the type of the voxels.
    vtkImageData *draw(const dicom::ImagePlane &plane, const volume::ResliceSettings &settings)
    {
        const auto local = [&](base::PatientVector v) {
            return std::array<double, 3>{dot(v, m_geometry.row), dot(v, m_geometry.column),
                                         dot(v, m_geometry.normal)};
        };
        const auto x = local(plane.row), y = local(plane.column), z = local(plane.normal());
        const auto origin = local(plane.origin - m_geometry.origin);
        m_reslice->SetResliceAxesDirectionCosines(x[0], x[1], x[2], y[0], y[1], y[2], z[0], z[1], z[2]);
        m_reslice->SetResliceAxesOrigin(origin[0], origin[1], origin[2]);
        const double step = settings.slab.count > 1 ? settings.slab.stepMm : 1;
        m_reslice->SetOutputSpacing(plane.columnSpacing, plane.rowSpacing, step);
        m_reslice->SetOutputOrigin(0, 0, 0);
        m_reslice->SetOutputExtent(0, plane.columns - 1, 0, plane.rows - 1, 0, 0);
        m_reslice->SetOutputDimensionality(2);
        m_reslice->SetBackgroundLevel(settings.background);
        m_reslice->SetSlabNumberOfSlices(settings.slab.count);
        switch (settings.slab.projection) {
        case volume::Projection::Maximum:
            m_reslice->SetSlabModeToMax();
            break;
        case volume::Projection::Minimum:
            m_reslice->SetSlabModeToMin();
            break;
        case volume::Projection::Mean:
            m_reslice->SetSlabModeToMean();
            break;
        }
        switch (settings.interpolation) {
        case volume::Interpolation::Nearest:
            m_reslice->SetInterpolationModeToNearestNeighbor();
            break;
        case volume::Interpolation::Linear:
            m_reslice->SetInterpolationModeToLinear();
            break;
        case volume::Interpolation::Cubic:
            m_reslice->SetInterpolationModeToCubic();
            break;
        }
        m_reslice->Modified();
        m_reslice->Update();
        return m_reslice->GetOutput();
    }

private:
    const volume::VolumeGeometry m_geometry;
    std::vector<std::byte> m_voxels;
    vtkNew<vtkImageData> m_image;
    vtkNew<vtkImageReslice> m_reslice;
};

} // namespace negatoscope::test
