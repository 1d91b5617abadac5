#pragma once

#include <session/Bindings.h>
#include <session/Settings.h>

#include <QtWidgets/QWidget>

class QListWidget;
class QTextBrowser;

namespace negatoscope::ui {

/// The help: our own pages (resources/help), the keys and gestures as they are bound now, and what this
/// program is made of.
class HelpWindow final : public QWidget
{
    Q_OBJECT
public:
    enum class Page { Studies, Reading, Hands, Safety, About };

    HelpWindow(const session::Settings &settings, const session::Bindings &bindings);
    void showPage(Page page);

private:
    void takePage();
    void addPictures();
    QString markdownOf(Page page) const;
    QString handsPage() const;
    QString aboutPage() const;

    const session::Settings &m_settings;
    const session::Bindings &m_bindings;
    QListWidget *m_list;
    QTextBrowser *m_text;
};

} // namespace negatoscope::ui
