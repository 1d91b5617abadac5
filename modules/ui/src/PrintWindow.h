#pragma once

#include "PrintPages.h"

#include <base/Result.h>

#include <QtGui/QPageLayout>
#include <QtWidgets/QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QSettings;

namespace negatoscope::ui {

class PagePreview;

/// Asks what of a reading window is printed, and where to, beside a preview of the pages.
///
/// It shows the views as they were when printing was asked for. Without a printer it writes a PDF file.
class PrintWindow final : public QWidget
{
    Q_OBJECT
public:
    /// `active` of `all`; both can leave.
    PrintWindow(session::ViewportState active, std::vector<session::ViewportState> all, Leaving leaving,
                QSettings &settings, QWidget *parent);

    /// Writes a PDF file; what has been said by the window tells how it went.
    void writePdf(const QString &path);

private:
    enum class What { Active, AllOnOnePage, OneEach };
    void findPrinters();
    void build();
    void takeChoice();
    void showPage(int page);
    void start();
    void choosePdf();
    void sendTo(const QString &printer);
    void take(const base::Status &status, const QString &done);
    QPageLayout pageLayout() const;
    void say(const QString &sentence, bool failed);

    const session::ViewportState m_active;
    const std::vector<session::ViewportState> m_all;
    const Leaving m_leaving;
    QSettings &m_settings;
    std::vector<PrintPage> m_pages;
    int m_page = 0;
    QComboBox *m_what, *m_orientation, *m_paper, *m_printer;
    PagePreview *m_preview;
    QLabel *m_pageText, *m_said;
    QPushButton *m_previous, *m_next, *m_print, *m_close;
};

} // namespace negatoscope::ui
