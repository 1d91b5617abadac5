#include "Commands.h"
#include "HandOver.h"
#include "RequestServer.h"
#include "Workstation.h"

#include <QtCore/QDir>
#include <QtCore/QLocale>
#include <QtGui/QGuiApplication>

#include <sys/prctl.h>
#include <sys/resource.h>

namespace {

using namespace negatoscope;
using app::CommandLine;
using app::Output;

/// Patient data must not end in a core file, nor be read by another process of the user (docs/safety.md S21).
void keepSecrets()
{
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
}

int answer(const base::Result<app::Answer> &result, const Output &output)
{
    if (!result)
        return output.fail(result.error());
    output.complain(result->complaints);
    output.write(result->output);
    return result->exitCode;
}

/// `open` and `state` speak to the running workstation and to nobody else.
int askWorkstation(const CommandLine &line, const QStringList &words, const Output &output)
{
    const auto result = app::RequestServer::ask(line.cacheFolder, words, line.workingFolder);
    if (!result && result.error().code() == base::ErrorCode::NotFound) {
        output.warn(QStringLiteral("No workstation is running on this cache. Start one with: negatoscope"));
        return app::SurroundingsFailed;
    }
    return answer(result, output);
}

int runHere(const CommandLine &line, const QStringList &words, const Output &output)
{
    const auto start = app::startOrHandOver({line.cacheFolder}, words, line.workingFolder);
    if (!start)
        return output.fail(start.error());
    if (start->answer)
        return answer(*start->answer, output);
    return app::runCommand(line, *start->backend, output);
}

} // namespace

int main(int argc, char **argv)
{
    keepSecrets();
    QStringList words;
    for (int i = 1; i < argc; ++i)
        words << QString::fromLocal8Bit(argv[i]);
    const auto line = CommandLine::parse(words, QDir::currentPath());
    const Output output = Output::terminal(line && line->quiet);
    if (!line) {
        output.warn(QString::fromStdString(line.error().text()));
        return app::WrongUsage;
    }
    if (line->help || line->version) {
        output.write(
            (line->help ? CommandLine::helpText() : QStringLiteral("negatoscope " NEGATOSCOPE_VERSION "\n"))
                .toUtf8());
        return app::Done;
    }
    QCoreApplication::setApplicationName(QStringLiteral("negatoscope"));
    QCoreApplication::setApplicationVersion(QStringLiteral(NEGATOSCOPE_VERSION));
    if (line->command.isEmpty())
        return app::runWorkstation(argc, argv, *line, words);

    // Text on pictures needs fonts, not a display.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication application(argc, argv);
    QLocale::setDefault(QLocale::c());
    if (line->command == QLatin1String("open") || line->command == QLatin1String("state"))
        return askWorkstation(*line, words, output);
    if (const auto exitCode = app::runWithoutCache(*line, output))
        return *exitCode;
    return runHere(*line, words, output);
}
