#pragma once

#include <session/Archives.h>
#include <session/Bindings.h>
#include <session/CornerChoices.h>
#include <session/PresetChoices.h>
#include <session/Settings.h>

#include <QtWidgets/QWidget>

class QListWidget;
class QStackedWidget;

namespace negatoscope::ui {

/// The settings, page by page. Every change holds at once; there is nothing to confirm.
class SettingsWindow final : public QWidget
{
    Q_OBJECT
public:
    enum class Page { General, Keys, Mouse, Presets, Corners, Displays, Archives };
    static QString titleOf(Page page);
    static constexpr Page kLastPage = Page::Archives;

    SettingsWindow(session::Settings &settings, session::Bindings &bindings, session::PresetChoices &presets,
                   session::CornerChoices &corners, session::Archives &archives);
    void showPage(Page page);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    session::Settings &m_settings;
    QListWidget *m_list;
    QStackedWidget *m_pages;
};

} // namespace negatoscope::ui
