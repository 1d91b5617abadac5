#pragma once

#include <base/Result.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace negatoscope::rendering {

/// How values become colour and opacity.
struct VolumePreset
{
    enum class Blending {
        Composite, ///< light through matter, front to back
        Maximum,   ///< the greatest value along each ray, as grey
        Minimum,
    };
    enum class Scale {
        Value,  ///< positions are modality values
        Window, ///< positions are parts of the reader's window: 0 its lower end, 1 its upper end
    };
    struct Opacity
    {
        double at = 0;      ///< on the scale
        double opacity = 0; ///< 0 to 1, of a millimetre of matter
        bool operator==(const Opacity &) const = default;
    };
    struct Colour
    {
        double at = 0;
        std::array<double, 3> rgb{}; ///< 0 to 1
        bool operator==(const Colour &) const = default;
    };

    std::string id;                      ///< stable; the name is for ui
    std::vector<std::string> modalities; ///< which it suits; empty: all
    Blending blending = Blending::Composite;
    Scale scale = Scale::Value;
    bool shaded = true;
    double ambient = 0.2, diffuse = 0.8, specular = 0.2, specularPower = 20;
    std::vector<Opacity> opacity; ///< at least two, increasing
    std::vector<Colour> colours;  ///< at least one, increasing

    bool suits(std::string_view modality) const;
    /// Of a millimetre of a value on the scale; 0 below the first point, as at the last point above it.
    double opacityAt(double at) const;
    bool operator==(const VolumePreset &) const = default;
};

/// Reads resources/presets/volumes.json. Errors: Malformed, with the preset and what is wrong.
base::Result<std::vector<VolumePreset>> volumePresetsFromJson(std::string_view json);

} // namespace negatoscope::rendering
