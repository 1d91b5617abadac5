#include "PrintWindow.h"

#include <session/OutputFile.h>
#include <ui/ErrorSentences.h>
#include <ui/Theme.h>

#include <QtCore/QBuffer>
#include <QtCore/QFileInfo>
#include <QtCore/QSettings>
#include <QtCore/QStandardPaths>
#include <QtGui/QPainter>
#include <QtGui/QPdfWriter>
#include <QtGui/QShortcut>
#include <QtPrintSupport/QPrinter>
#include <QtPrintSupport/QPrinterInfo>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

#include <algorithm>
#include <memory>

namespace negatoscope::ui {

namespace {

constexpr auto kFolderKey = QLatin1String("output/folder");
constexpr auto kPrinterKey = QLatin1String("output/printer");
constexpr auto kPaperKey = QLatin1String("output/paper");
constexpr int kDotsPerInch = 300;
constexpr double kMmPerInch = 25.4;
constexpr double kMarginMm = 12;
/// The least at which letters of a picture are letters; the preview is made smaller afterwards.
constexpr double kLeastDotsPerMm = 6;

/// Draws all pages on a device that can begin a new one.
template <typename Device>
base::Status drawPages(Device &device, const std::vector<PrintPage> &pages, const Leaving &leaving)
{
    QPainter painter;
    if (!painter.begin(&device))
        return base::failure(base::ErrorCode::CannotWrite, "the printer did not begin");
    painter.setRenderHint(QPainter::LosslessImageRendering);
    const int count = static_cast<int>(pages.size());
    for (int i = 0; i < count; ++i) {
        if (i > 0 && !device.newPage())
            return base::failure(base::ErrorCode::CannotWrite, "no new page");
        const QRectF paper(QPointF(),
                           QSizeF(device.pageLayout().paintRectPixels(device.resolution()).size()));
        drawPage(painter, paper, device.resolution() / kMmPerInch, pages[static_cast<std::size_t>(i)], i + 1,
                 count, leaving);
    }
    if (!painter.end())
        return base::failure(base::ErrorCode::CannotWrite, "the printer did not end");
    return {};
}

} // namespace

/// A sheet of paper with what will be printed on it.
class PagePreview final : public QWidget
{
public:
    explicit PagePreview(QWidget *parent) : QWidget(parent)
    {
        setObjectName(QStringLiteral("pagePreview"));
        setMinimumSize(360, 400);
    }
    void show(const PrintPage &page, int number, int count, const QPageLayout &layout, const Leaving &leaving)
    {
        m_page = page;
        m_number = number;
        m_count = count;
        m_layout = layout;
        m_leaving = leaving;
        m_drawn = {};
        update();
    }

protected:
    void resizeEvent(QResizeEvent *) override { m_drawn = {}; }
    void paintEvent(QPaintEvent *) override
    {
        const qreal ratio = devicePixelRatioF();
        const QSizeF paper = m_layout.fullRect(QPageLayout::Millimeter).size();
        if (m_drawn.isNull() && !paper.isEmpty()) {
            const double fitting =
                std::min((width() - 16) * ratio / paper.width(), (height() - 16) * ratio / paper.height());
            const double dots = std::max(fitting, kLeastDotsPerMm);
            m_drawn = QImage((paper * dots).toSize(), QImage::Format_RGB32);
            m_drawn.fill(Qt::white);
            const QRectF inside = m_layout.paintRect(QPageLayout::Millimeter);
            QPainter painter(&m_drawn);
            drawPage(painter, QRectF(inside.topLeft() * dots, inside.size() * dots), dots, m_page, m_number,
                     m_count, m_leaving);
            painter.end();
            if (dots > fitting)
                m_drawn = m_drawn.scaled((paper * fitting).toSize(), Qt::IgnoreAspectRatio,
                                         Qt::SmoothTransformation);
            m_drawn.setDevicePixelRatio(ratio);
        }
        QPainter painter(this);
        const QSizeF size = m_drawn.deviceIndependentSize();
        painter.drawImage(QPointF((width() - size.width()) / 2, (height() - size.height()) / 2), m_drawn);
    }

private:
    PrintPage m_page;
    int m_number = 1, m_count = 1;
    QPageLayout m_layout;
    Leaving m_leaving;
    QImage m_drawn;
};

PrintWindow::PrintWindow(session::ViewportState active, std::vector<session::ViewportState> all,
                         Leaving leaving, QSettings &settings, QWidget *parent)
    : QWidget(parent, Qt::Window),
      m_active(std::move(active)),
      m_all(std::move(all)),
      m_leaving(leaving),
      m_settings(settings),
      m_what(new QComboBox(this)),
      m_orientation(new QComboBox(this)),
      m_paper(new QComboBox(this)),
      m_printer(new QComboBox(this)),
      m_preview(new PagePreview(this)),
      m_pageText(new QLabel(this)),
      m_said(new QLabel(this)),
      m_previous(new QPushButton(tr("Previous page"), this)),
      m_next(new QPushButton(tr("Next page"), this)),
      m_print(new QPushButton(tr("Print"), this)),
      m_close(new QPushButton(tr("Close"), this))
{
    setObjectName(QStringLiteral("printWindow"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Negatoscope - print"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/negatoscope.svg")));
    build();
    findPrinters();
    takeChoice();
    resize(980, 760);
    m_print->setFocus();
}

void PrintWindow::build()
{
    const auto name = [](QWidget *widget, const char *object, const QString &accessible) {
        widget->setObjectName(QLatin1String(object));
        widget->setAccessibleName(accessible);
    };
    name(m_what, "printWhat", tr("What is printed"));
    m_what->addItem(tr("The active viewport"), static_cast<int>(What::Active));
    if (m_all.size() > 1) {
        m_what->addItem(tr("All viewports together"), static_cast<int>(What::AllOnOnePage));
        m_what->addItem(tr("Each viewport on a page"), static_cast<int>(What::OneEach));
    }
    name(m_orientation, "printOrientation", tr("Orientation of the paper"));
    m_orientation->addItem(tr("Portrait"), static_cast<int>(QPageLayout::Portrait));
    m_orientation->addItem(tr("Landscape"), static_cast<int>(QPageLayout::Landscape));
    name(m_paper, "printPaper", tr("Size of the paper"));
    for (const auto id : {QPageSize::A4, QPageSize::A3, QPageSize::Letter})
        m_paper->addItem(QPageSize::name(id).section(u' ', 0, 0), static_cast<int>(id));
    m_paper->setCurrentIndex(std::max(m_paper->findData(m_settings.value(kPaperKey)), 0));
    name(m_printer, "printPrinter", tr("Printer"));
    m_printer->addItem(tr("PDF file"), QString());
    name(m_previous, "printPreviousPage", m_previous->text());
    name(m_next, "printNextPage", m_next->text());
    name(m_print, "printStart", m_print->text());
    name(m_close, "printClose", m_close->text());
    m_said->setObjectName(QStringLiteral("printSaid"));
    m_said->setWordWrap(true);
    m_said->setTextFormat(Qt::PlainText);
    m_print->setDefault(true);

    auto *form = new QFormLayout;
    form->setVerticalSpacing(measures::kPadding);
    form->setHorizontalSpacing(16);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    form->addRow(tr("Print"), m_what);
    form->addRow(tr("Paper"), m_paper);
    form->addRow(tr("Orientation"), m_orientation);
    form->addRow(tr("Printer"), m_printer);
    auto *note =
        new QLabel(tr("Each picture keeps its letters, marks and scale bar, and says whom it shows."), this);
    note->setProperty("role", QStringLiteral("secondary"));
    note->setWordWrap(true);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_print);
    buttons->addWidget(m_close);
    auto *side = new QVBoxLayout;
    side->setSpacing(12);
    side->addLayout(form);
    side->addWidget(note);
    side->addStretch(1);
    side->addWidget(m_said);
    side->addLayout(buttons);
    auto *turning = new QHBoxLayout;
    turning->addStretch(1);
    turning->addWidget(m_previous);
    turning->addWidget(m_pageText);
    turning->addWidget(m_next);
    turning->addStretch(1);
    auto *left = new QVBoxLayout;
    left->addWidget(m_preview, 1);
    left->addLayout(turning);
    auto *row = new QHBoxLayout(this);
    row->addLayout(left, 1);
    row->addLayout(side);
    row->setSpacing(16);

    for (QComboBox *combo : {m_what, m_orientation, m_paper})
        connect(combo, &QComboBox::currentIndexChanged, this, &PrintWindow::takeChoice);
    connect(m_printer, &QComboBox::currentIndexChanged, this, [this] {
        m_print->setText(m_printer->currentData().toString().isEmpty() ? tr("Save as PDF…") : tr("Print"));
    });
    m_print->setText(tr("Save as PDF…"));
    connect(m_previous, &QPushButton::clicked, this, [this] { showPage(m_page - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] { showPage(m_page + 1); });
    connect(m_print, &QPushButton::clicked, this, &PrintWindow::start);
    connect(m_close, &QPushButton::clicked, this, &QWidget::close);
    connect(new QShortcut(Qt::Key_Escape, this), &QShortcut::activated, this, &QWidget::close);
    // A picture that is wide lies on paper that is.
    const auto view = m_active.transform.view();
    if (view.width > view.height * 6 / 5)
        m_orientation->setCurrentIndex(1);
    if (m_all.size() > 1)
        m_what->setCurrentIndex(1);
}

/// The system may have to ask the network for them.
void PrintWindow::findPrinters()
{
    auto found = std::make_shared<QStringList>();
    session::runAside(
        this,
        [found]() -> base::Status {
            *found = QPrinterInfo::availablePrinterNames();
            return {};
        },
        [this, found](const base::Status &) {
            for (const QString &printer : *found)
                m_printer->addItem(printer, printer);
            const QString last = m_settings.value(kPrinterKey).toString();
            if (const int at = m_printer->findData(last); at > 0)
                m_printer->setCurrentIndex(at);
            else if (!found->isEmpty() && !m_settings.contains(kPrinterKey))
                m_printer->setCurrentIndex(1);
        });
}

QPageLayout PrintWindow::pageLayout() const
{
    return QPageLayout(QPageSize(static_cast<QPageSize::PageSizeId>(m_paper->currentData().toInt())),
                       static_cast<QPageLayout::Orientation>(m_orientation->currentData().toInt()),
                       QMarginsF(kMarginMm, kMarginMm, kMarginMm, kMarginMm), QPageLayout::Millimeter);
}

void PrintWindow::takeChoice()
{
    m_settings.setValue(kPaperKey, m_paper->currentData());
    switch (static_cast<What>(m_what->currentData().toInt())) {
    case What::Active:
        m_pages = printPages({m_active}, 1);
        break;
    case What::AllOnOnePage:
        m_pages = printPages(m_all, static_cast<int>(m_all.size()));
        break;
    case What::OneEach:
        m_pages = printPages(m_all, 1);
        break;
    }
    say({}, false);
    showPage(0);
}

void PrintWindow::showPage(int page)
{
    const int count = static_cast<int>(m_pages.size());
    m_page = std::clamp(page, 0, std::max(count - 1, 0));
    m_pageText->setText(tr("Page %1 of %2").arg(m_page + 1).arg(count));
    for (QWidget *widget : {static_cast<QWidget *>(m_previous), static_cast<QWidget *>(m_next),
                            static_cast<QWidget *>(m_pageText)})
        widget->setVisible(count > 1);
    m_previous->setEnabled(m_page > 0);
    m_next->setEnabled(m_page + 1 < count);
    m_preview->show(m_pages[static_cast<std::size_t>(m_page)], m_page + 1, count, pageLayout(), m_leaving);
}

void PrintWindow::start()
{
    const QString printer = m_printer->currentData().toString();
    m_settings.setValue(kPrinterKey, printer);
    if (printer.isEmpty())
        choosePdf();
    else
        sendTo(printer);
}

void PrintWindow::choosePdf()
{
    auto *dialog =
        new QFileDialog(this, tr("Save as PDF"), m_settings.value(kFolderKey).toString(), tr("PDF (*.pdf)"));
    dialog->setObjectName(QStringLiteral("savePdfDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave); // and asks before it replaces a file
    dialog->setDefaultSuffix(QStringLiteral("pdf"));
    dialog->selectFile(tr("images", "name of a file"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_settings.setValue(kFolderKey, QFileInfo(path).absolutePath());
        writePdf(path);
    });
    dialog->open();
}

void PrintWindow::writePdf(const QString &path)
{
    m_print->setEnabled(false);
    say(tr("Writing…"), false);
    session::runAside(
        this,
        [path, pages = m_pages, layout = pageLayout(), leaving = m_leaving]() -> base::Status {
            QBuffer buffer;
            buffer.open(QIODevice::WriteOnly);
            {
                QPdfWriter writer(&buffer);
                writer.setCreator(QStringLiteral("Negatoscope"));
                writer.setResolution(kDotsPerInch);
                writer.setPageLayout(layout);
                TRY_DO(drawPages(writer, pages, leaving));
            }
            return session::writeWhole(path, buffer.data());
        },
        [this, path](const base::Status &status) {
            take(status, tr("Written to %1.").arg(QFileInfo(path).fileName()));
        });
}

void PrintWindow::sendTo(const QString &printer)
{
    m_print->setEnabled(false);
    say(tr("Sending to the printer…"), false);
    session::runAside(
        this,
        [printer, pages = m_pages, layout = pageLayout(), leaving = m_leaving]() -> base::Status {
            QPrinter device(QPrinterInfo::printerInfo(printer), QPrinter::HighResolution);
            if (!device.isValid())
                return base::failure(base::ErrorCode::NotFound, "the printer");
            device.setResolution(kDotsPerInch);
            device.setPageLayout(layout);
            device.setDocName(QStringLiteral("Negatoscope")); // queues show names: none of a patient
            return drawPages(device, pages, leaving);
        },
        [this, printer](const base::Status &status) {
            if (!status) {
                m_print->setEnabled(true);
                say(tr("The printer %1 does not take the pages; choose another one or save a PDF file.")
                        .arg(printer),
                    true);
                return;
            }
            take(status, tr("Sent to %1.").arg(printer));
        });
}

void PrintWindow::take(const base::Status &status, const QString &done)
{
    m_print->setEnabled(true);
    if (status)
        return say(done, false);
    switch (status.error().code()) {
    case base::ErrorCode::DiskFull:
        return say(tr("Not written: the disk is full."), true);
    case base::ErrorCode::CannotWrite:
        return say(tr("Not written: this folder cannot be written to."), true);
    default:
        return say(sentenceFor(status.error()), true);
    }
}

void PrintWindow::say(const QString &sentence, bool failed)
{
    m_said->setText(sentence);
    setRole(*m_said, failed ? QStringLiteral("error") : QString());
}

} // namespace negatoscope::ui
