#include <ui/Language.h>

#include <ui/Theme.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QLibraryInfo>
#include <QtCore/QTranslator>

namespace negatoscope::ui {

void setLanguage(QCoreApplication &application, const QLocale &locale)
{
    initialiseResources();
    QLocale::setDefault(locale);
    // Ours last: the latest translator is asked first.
    auto *qt = new QTranslator(&application);
    if (qt->load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                 QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qt);
    // English has a translation as well: its plurals.
    for (const QLocale &language : {QLocale(QLocale::English), locale}) {
        auto *ours = new QTranslator(&application);
        if (ours->load(language, QStringLiteral("negatoscope"), QStringLiteral("_"),
                       QStringLiteral(":/i18n")))
            QCoreApplication::installTranslator(ours);
    }
}

} // namespace negatoscope::ui
