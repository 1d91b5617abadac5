#include <ui/Language.h>

#include <ui/Theme.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QLibraryInfo>
#include <QtCore/QTranslator>

namespace negatoscope::ui {

namespace {

void install(QCoreApplication &application, const QLocale &language, const QString &name,
             const QString &folder)
{
    auto *translator = new QTranslator(&application);
    if (translator->load(language, name, QStringLiteral("_"), folder))
        QCoreApplication::installTranslator(translator);
    else
        delete translator;
}

} // namespace

void setLanguage(QCoreApplication &application, const QLocale &locale)
{
    initialiseResources();
    QLocale::setDefault(locale);
    qDeleteAll(application.findChildren<QTranslator *>(Qt::FindDirectChildrenOnly));
    // Ours last, since the latest translator is asked first; English has one as well: its plurals.
    const QString ours = QStringLiteral("negatoscope"), folder = QStringLiteral(":/i18n");
    install(application, locale, QStringLiteral("qtbase"),
            QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(application, QLocale(QLocale::English), ours, folder);
    if (locale.language() != QLocale::English)
        install(application, locale, ours, folder);
}

} // namespace negatoscope::ui
