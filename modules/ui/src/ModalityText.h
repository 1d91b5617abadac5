#pragma once

#include <session/ViewportPresenter.h>

#include <QtCore/QString>
#include <QtCore/QStringList>

namespace negatoscope::ui {

/// What is particular to a modality, in words for the picture's corners and menus. All may be empty.

/// The modalities that have pictures, as DICOM writes them: those one can have a choice for.
QStringList imageModalities();

/// "b 800 (2/3)", "TE 90 (1/2)", "Phase 3/20"; empty where there is one volume only.
QString phaseText(const session::ViewportState &state);

/// "Energy window 1/2 (Tc-99m), detector 2/2": which frame of a nuclear medicine object this is.
QString nuclearText(const dicom::NuclearPlace &place);

/// "Subtracted, mask 1", with how far the mask is moved; or why the picture is not subtracted.
QString subtractionText(const session::ViewportState &state);

/// What a mammogram does not say of itself: its side, its view.
QString missingSideText(const session::PictureFacts &facts);

/// "Hot iron": the name of a colour table; "Grey" for none.
QString colourTableName(imaging::ColourTable table);

/// What is under the pointer: place, value, and the values of a calibrated ultrasound region.
QString probeText(const session::ViewportPresenter::Probe &probe);

} // namespace negatoscope::ui
