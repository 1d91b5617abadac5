#pragma once

#include "VolumeGrid.h"

#include <rendering/VolumeScene.h>

#include <QtCore/QSize>
#include <QtGui/QImage>

#include <functional>
#include <string>

namespace negatoscope::rendering {

/// Where a grid and a scene become an image. Made by a library of its own that is loaded when the first
/// volume is drawn: who reads slices does not wait for VTK to be loaded. Needs a current OpenGL context,
/// always the same, in the one thread that uses it.
///
/// Only plain values and functions in headers pass this border; each side has its own copy of all others.
class VolumeStage
{
public:
    enum class Outcome {
        Drawn,
        Stale, ///< not wanted any more before it was done
        NoMemory,
        NoPicture, ///< OpenGL failed
    };

    virtual ~VolumeStage() = default;
    /// No graphics card behind this OpenGL: the processor casts the rays itself, which is faster.
    virtual bool isOnProcessor() const = 0;
    virtual void setGrid(VolumeGrid grid) = 0;
    /// `coarseness`: steps along a ray are so many times the least edge of a box of the grid.
    virtual Outcome draw(const VolumeScene &scene, QSize size, double coarseness,
                         const std::function<bool()> &isStale, QImage &image) = 0;
};

/// What the library exports under this name: a new stage. `warn` takes what VTK has to say, from any thread.
using MakeStage = VolumeStage *(*)(void (*warn)(const char *text));
inline constexpr const char *kMakeStage = "negatoscopeMakeVolumeStage";

} // namespace negatoscope::rendering
