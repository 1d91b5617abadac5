#include "HelpWindow.h"

#include "Actions.h"
#include "BindingWords.h"

#include <ui/Theme.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QLocale>
#include <QtCore/QUrl>
#include <QtGui/QIcon>
#include <QtGui/QPainter>
#include <QtGui/QShortcut>
#include <QtGui/QTextDocument>
#include <QtSvg/QSvgRenderer>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QTextBrowser>

#include <array>

namespace negatoscope::ui {

namespace {

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A page of resources/help in the reader's language, else in English.
QString pageText(const char *name)
{
    const QString language = QLocale().name().left(2);
    const QByteArray own = read(QStringLiteral(":/help/%1/%2.md").arg(language, QLatin1String(name)));
    return QString::fromUtf8(own.isEmpty() ? read(QStringLiteral(":/help/en/%1.md").arg(QLatin1String(name)))
                                           : own);
}

/// Text that Markdown takes as it stands.
QString plain(QString text)
{
    for (const char sign : {'\\', '|', '*', '_', '`', '[', ']', '<', '>', '#', '+', '-'})
        text.replace(QLatin1Char(sign), u'\\' + QString(QLatin1Char(sign)));
    return text;
}

QString row(const QString &left, const QString &right)
{
    return QStringLiteral("| %1 | %2 |\n").arg(left, right);
}

} // namespace

HelpWindow::HelpWindow(const session::Settings &settings, const session::Bindings &bindings)
    : m_settings(settings),
      m_bindings(bindings),
      m_list(new QListWidget(this)),
      m_text(new QTextBrowser(this))
{
    setObjectName(QStringLiteral("helpWindow"));
    setWindowTitle(tr("Negatoscope - help"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/negatoscope.svg")));
    m_list->setObjectName(QStringLiteral("helpPages"));
    m_list->setAccessibleName(tr("Pages of the help"));
    m_list->setProperty("role", QStringLiteral("pages"));
    int width = 120;
    for (const QString &title : {tr("Studies"), tr("Reading"), tr("Keys and mouse"), tr("What to watch for"),
                                 tr("About Negatoscope")}) {
        m_list->addItem(title);
        width = std::max(width, fontMetrics().horizontalAdvance(title) + 48);
    }
    m_list->setFixedWidth(width);
    m_text->setObjectName(QStringLiteral("helpText"));
    m_text->setAccessibleName(tr("Help"));
    m_text->setOpenLinks(false); // nothing here leads out of the program
    m_text->document()->setDocumentMargin(16);

    auto *columns = new QHBoxLayout(this);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    columns->addWidget(m_list);
    columns->addWidget(m_text, 1);
    connect(m_list, &QListWidget::currentRowChanged, this, &HelpWindow::takePage);
    connect(&bindings, &session::Bindings::changed, this, &HelpWindow::takePage);
    connect(new QShortcut(QKeySequence::Close, this), &QShortcut::activated, this, &QWidget::close);
    connect(new QShortcut(Qt::Key_Escape, this), &QShortcut::activated, this, &QWidget::close);
    resize(1000, 720);
    m_list->setCurrentRow(0);
}

void HelpWindow::showPage(Page page)
{
    m_list->setCurrentRow(static_cast<int>(page));
    show();
    raise();
    activateWindow();
    m_list->setFocus();
}

void HelpWindow::takePage()
{
    addPictures();
    m_text->setMarkdown(markdownOf(static_cast<Page>(m_list->currentRow())));
    m_text->moveCursor(QTextCursor::Start);
}

/// The drawings in the colours of the theme.
void HelpWindow::addPictures()
{
    const QDir folder(QStringLiteral(":/help"));
    const QStringList names = folder.entryList({QStringLiteral("*.svg")}, QDir::Files);
    for (const QString &name : names) {
        QByteArray svg = read(folder.filePath(name));
        svg.replace("currentColor", colours::kText.name().toLatin1());
        svg.replace("panelColor", colours::kPanel.name().toLatin1());
        svg.replace("lineColor", colours::kLine.name().toLatin1());
        svg.replace("accentColor", colours::kAccent.name().toLatin1());
        svg.replace("windowColor", colours::kWindow.name().toLatin1());
        QSvgRenderer renderer(svg);
        QImage image(renderer.defaultSize() * devicePixelRatioF(), QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        renderer.render(&painter);
        painter.end();
        image.setDevicePixelRatio(devicePixelRatioF());
        m_text->document()->addResource(QTextDocument::ImageResource, QUrl(QStringLiteral("../") + name),
                                        image);
    }
}

QString HelpWindow::markdownOf(Page page) const
{
    switch (page) {
    case Page::Studies:
        return pageText("studies");
    case Page::Reading:
        return pageText("reading");
    case Page::Hands:
        return handsPage();
    case Page::Safety:
        return pageText("safety");
    case Page::About:
        break;
    }
    return aboutPage();
}

QString HelpWindow::handsPage() const
{
    QString text = pageText("hands") + QStringLiteral("\n\n");
    text += QStringLiteral("## %1\n\n").arg(tr("Mouse in a viewport"));
    text += row(tr("Gesture"), tr("Does")) + QStringLiteral("|---|---|\n");
    for (const auto &bound : m_bindings.gestures())
        if (!bound.second.isEmpty())
            text += row(plain(words::gestureText(bound.first)), plain(words::actText(bound.second)));
    text += QStringLiteral("\n## %1\n\n").arg(tr("Keys"));
    text += row(tr("Keys"), tr("Do")) + QStringLiteral("|---|---|\n");
    for (const auto &bindable : m_bindings.bindables())
        if (const QStringList keys = m_bindings.keysOf(bindable.name); !keys.isEmpty())
            text += row(plain(words::keysText(keys)), plain(words::bindableText(bindable)));
    return text;
}

QString HelpWindow::aboutPage() const
{
    QString text = QStringLiteral("# Negatoscope %1\n\n").arg(QCoreApplication::applicationVersion());
    text += QStringLiteral("**%1**\n\n").arg(tr("Not for primary diagnosis until certified."));
    text +=
        tr("A radiology workstation. Free software under the Apache License 2.0.") + QStringLiteral("\n\n");
    if (const QString contact = m_settings.text(session::Setting::SupportContact); !contact.isEmpty())
        text += tr("Help at this site: %1").arg(plain(contact)) + QStringLiteral("\n\n");
    text += QStringLiteral("## %1\n\n").arg(tr("Made with"));
    text +=
        QStringLiteral("| %1 | %2 | %3 |\n|---|---|---|\n").arg(tr("Library"), tr("Version"), tr("Licence"));
    const QJsonArray libraries =
        QJsonDocument::fromJson(read(QStringLiteral(":/about/libraries.json"))).array();
    for (const QJsonValue &value : libraries) {
        const QJsonObject library = value.toObject();
        const QString name = library.value(QLatin1String("name")).toString();
        const QString version = name == QLatin1String("Qt")
                                    ? QString::fromLatin1(qVersion())
                                    : library.value(QLatin1String("version")).toString();
        text +=
            QStringLiteral("| %1 | %2 | %3 |\n")
                .arg(plain(name), plain(version), plain(library.value(QLatin1String("licence")).toString()));
    }
    return text;
}

} // namespace negatoscope::ui
