#pragma once

#include <QtGui/QColor>

class QApplication;

namespace negatoscope::ui {

/// The colours of the dark theme, by role.
namespace colours {
inline constexpr QColor kViewport{0x00, 0x00, 0x00};
inline constexpr QColor kWindow{0x17, 0x18, 0x1a};
inline constexpr QColor kPanel{0x1f, 0x20, 0x22};
inline constexpr QColor kRaised{0x2a, 0x2b, 0x2e};
inline constexpr QColor kLine{0x3a, 0x3c, 0x40};
inline constexpr QColor kText{0xd6, 0xd7, 0xd9};
inline constexpr QColor kSecondaryText{0x9b, 0x9d, 0xa1};
inline constexpr QColor kDisabledText{0x66, 0x68, 0x6c};
inline constexpr QColor kPictureText{0xe4, 0xe4, 0xe4};
inline constexpr QColor kAccent{0x5b, 0x9b, 0xd5};
inline constexpr QColor kSelection{0x2f, 0x44, 0x59};
inline constexpr QColor kWarning{0xd9, 0xa4, 0x41};
inline constexpr QColor kError{0xd9, 0x67, 0x5b};
inline constexpr QColor kComplete{0x6f, 0xae, 0x80};
inline constexpr QColor kFocus{0x8a, 0xb8, 0xe6};
inline constexpr QColor kCurrentStudy{0xc7, 0x9a, 0x3a};
} // namespace colours

/// Measures in device-independent pixels.
namespace measures {
inline constexpr int kRow = 26;
inline constexpr int kToolIcon = 20;
inline constexpr int kPadding = 8;
inline constexpr int kViewportGap = 2;
inline constexpr int kInterfaceText = 13;
inline constexpr int kPictureText = 12;
inline constexpr int kPatientName = 16;
} // namespace measures

/// Makes the resources of this library (icons, themes, presets, translations) known to Qt. Harmless when
/// repeated.
void initialiseResources();

/// Fusion style, the dark palette, Noto Sans and the style sheet.
void applyDarkTheme(QApplication &application);

} // namespace negatoscope::ui
