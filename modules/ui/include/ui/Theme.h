#pragma once

#include <QtGui/QColor>

class QApplication;
class QWidget;

namespace negatoscope::session {
class Settings;
}

namespace negatoscope::ui {

/// How the windows look: chosen by the reader, changed at any time by applyLook().
struct Look
{
    enum class Theme { Dark, Bright };
    Theme theme = Theme::Dark;
    bool dense = false;
    int textSize = 13; ///< of the interface, in device-independent pixels
    bool operator==(const Look &) const = default;
};

/// Colours by role. A role means the colour of the theme in force whenever it is used.
///
/// What is drawn over or around a picture has roles of its own, the same in every theme: viewports stay
/// black.
namespace colours {

/// One role; converts to its present colour.
class Role
{
public:
    constexpr Role(QRgb dark, QRgb bright) : m_dark(dark), m_bright(bright) {}
    constexpr explicit Role(QRgb everywhere) : Role(everywhere, everywhere) {}
    QColor of(Look::Theme theme) const { return QColor(theme == Look::Theme::Dark ? m_dark : m_bright); }
    QColor color() const;
    operator QColor() const { return color(); }
    QString name() const { return color().name(); }
    QRgb rgb() const { return color().rgb(); }
    QRgb rgba() const { return color().rgba(); }

private:
    QRgb m_dark, m_bright;
};

inline constexpr Role kWindow{0xff17181a, 0xfff2f3f4};
inline constexpr Role kPanel{0xff1f2022, 0xffe8e9eb};
inline constexpr Role kRaised{0xff2a2b2e, 0xffdcdee1};
inline constexpr Role kHover{0xff222326, 0xffe3e5e8};
inline constexpr Role kLine{0xff3a3c40, 0xffb4b7bc};
inline constexpr Role kText{0xffd6d7d9, 0xff1d1e20};
inline constexpr Role kSecondaryText{0xff9b9da1, 0xff4c4f54};
inline constexpr Role kDisabledText{0xff66686c, 0xff8a8d92};
inline constexpr Role kAccent{0xff5b9bd5, 0xff165a94};
inline constexpr Role kSelection{0xff2f4459, 0xffbfd6ec};
inline constexpr Role kInactiveSelection{0xff2a3440, 0xffd3dbe3};
inline constexpr Role kTextSelection{0xff3f6a91, 0xff9dc2e6};
inline constexpr Role kSelectedText{0xfff2f2f3, 0xff0f1012};
inline constexpr Role kWarning{0xffd9a441, 0xff744d00};
inline constexpr Role kError{0xffd9675b, 0xff9c281e};
inline constexpr Role kComplete{0xff6fae80, 0xff1f5d34};
inline constexpr Role kFocus{0xff8ab8e6, 0xff1c67a8};
inline constexpr Role kScrollHandle{0xff3a3c40, 0xffa9adb3};
inline constexpr Role kCurrentStudy{0xffc79a3a};

inline constexpr Role kViewport{0xff000000};
inline constexpr Role kPictureText{0xffe4e4e4};
inline constexpr Role kPictureSecondary{0xff9b9da1};
inline constexpr Role kPictureDisabled{0xff66686c};
inline constexpr Role kPictureWarning{0xffd9a441};
inline constexpr Role kPictureWindow{0xff17181a};
inline constexpr Role kPicturePanel{0xff1f2022};
inline constexpr Role kPictureLine{0xff3a3c40};
inline constexpr Role kPictureAccent{0xff5b9bd5};
/// Of the planes of a volume: their own mark, and their lines in the others.
inline constexpr Role kAxialPlane{0xffd9675b};
inline constexpr Role kCoronalPlane{0xff6fae80};
inline constexpr Role kSagittalPlane{0xffd8c25a};

} // namespace colours

/// Measures in device-independent pixels.
namespace measures {

/// One measure; converts to its present value.
class Measure
{
public:
    constexpr Measure(int normal, int dense) : m_normal(normal), m_dense(dense) {}
    operator int() const;

private:
    int m_normal, m_dense;
};

/// A size of letters; grows with the one the reader chose.
class TextSize
{
public:
    constexpr explicit TextSize(int atThirteen) : m_atThirteen(atThirteen) {}
    operator int() const;

private:
    int m_atThirteen;
};

inline constexpr Measure kRow{26, 22};
inline constexpr Measure kToolIcon{20, 18};
inline constexpr Measure kToolButton{30, 24};
inline constexpr Measure kControl{26, 22};
inline constexpr int kPadding = 8;
inline constexpr int kViewportGap = 2;
inline constexpr TextSize kInterfaceText{13};
inline constexpr TextSize kPictureText{12};
inline constexpr TextSize kPatientName{16};

} // namespace measures

/// Makes the resources of this library (icons, themes, presets, translations) known to Qt. Harmless when
/// repeated.
void initialiseResources();

/// Fusion style, palette, Noto Sans and the style sheet, for all windows that are and will be.
void applyLook(QApplication &application, const Look &look);
const Look &currentLook();
Look lookFrom(const session::Settings &settings);

/// Gives a label one of the style sheet's roles ("warning", "secondary", ...), also while it is shown.
void setRole(QWidget &widget, const QString &role);

} // namespace negatoscope::ui
