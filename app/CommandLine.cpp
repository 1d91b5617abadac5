#include "CommandLine.h"

#include <QtCore/QDir>
#include <QtCore/QStandardPaths>

#include <array>
#include <optional>

namespace negatoscope::app {

namespace {

struct Option
{
    const char *name;
    bool takesValue;
};

struct Command
{
    const char *name;
    const char *arguments;
    const char *purpose;
    std::array<Option, 16> options;
};

constexpr std::array kCommands{
    Command{"import", "PATH...", "files, folders, ZIP files and DICOMDIR media into the cache", {}},
    Command{"studies",
            "[--text TEXT] [--patient TEXT] [--modality M] [--from DATE] [--to DATE] [--limit N]",
            "the studies of the cache, newest first",
            {{{"--text", true},
              {"--patient", true},
              {"--modality", true},
              {"--from", true},
              {"--to", true},
              {"--limit", true}}}},
    Command{"series", "STUDY_UID", "series, counts, completeness, geometry findings", {}},
    Command{"dump", "INSTANCE|FILE", "the data set as text, or as DICOM JSON with --json", {}},
    Command{"render",
            "SERIES_UID|FILE [--frame N] [--instance UID] [--window default|C/W] [--size WxH|native]\n"
            "                         [--plain|--annotate] -o OUT.png",
            "one frame as a PNG, as the workstation shows it",
            {{{"--frame", true},
              {"--instance", true},
              {"--window", true},
              {"--size", true},
              {"--plain", false},
              {"--annotate", false}}}},
    Command{"reslice",
            "SERIES_UID|FILE --plane axial|coronal|sagittal|oblique:X,Y,Z/X,Y,Z [--at MM]\n"
            "                         [--slab MM [--mode mip|minip|mean]] [--interpolation "
            "nearest|linear|cubic]\n"
            "                         [--window default|C/W] [--memory MIB] -o OUT.png|OUT.nrrd",
            "a plane or slab through the series' volume: a picture, or modality values with their place",
            {{{"--plane", true},
              {"--at", true},
              {"--slab", true},
              {"--mode", true},
              {"--interpolation", true},
              {"--window", true},
              {"--memory", true},
              {"-o", true}}}},
    Command{"probe",
            "SERIES_UID|FILE --at X,Y,Z | --pixel COLUMN,ROW[,FRAME] | --roi COLUMN,ROW,WIDTH,HEIGHT[,FRAME]",
            "modality value at a place in the patient (mm, LPS) or in a picture; statistics of a rectangle",
            {{{"--at", true}, {"--pixel", true}, {"--roi", true}}}},
    Command{"export",
            "STUDY_UID|SERIES_UID --to DIR [--format dicom|png|jpeg] [--deidentify]",
            "a study or series into a new folder: DICOM files as they are, or pictures with identity",
            {{{"--to", true}, {"--format", true}, {"--deidentify", false}}}},
    Command{"archives",
            "list | verify NAME | remove NAME | add NAME --dimse AET@HOST:PORT [--aet MINE]\n"
            "                         [--get | --move] [--listen PORT] [--associations N]\n"
            "                         or --web URL [--login basic:USER --password-file FILE]\n"
            "                         [--tls [--ca FILE] [--cert FILE] [--key FILE] [--crl FILE] [--pin "
            "SHA256]]\n"
            "                         [--allow-cleartext]",
            "the archives that are known, and whether one answers",
            {{{"--dimse", true},
              {"--web", true},
              {"--login", true},
              {"--password-file", true},
              {"--aet", true},
              {"--get", false},
              {"--move", false},
              {"--listen", true},
              {"--associations", true},
              {"--tls", false},
              {"--ca", true},
              {"--cert", true},
              {"--key", true},
              {"--crl", true},
              {"--pin", true},
              {"--allow-cleartext", false}}}},
    Command{"find",
            "--archive NAME|--all [--patient NAME] [--id ID] [--issuer ISSUER] [--birth-date DATE]\n"
            "                         [--accession A] [--date DATE|FROM..TO] [--modality M,...] "
            "[--description TEXT]\n"
            "                         [--referring NAME] [--institution TEXT] [--study UID] [--limit N]",
            "studies of one archive or of all, one row a study with its sources",
            {{{"--archive", true},
              {"--all", false},
              {"--patient", true},
              {"--id", true},
              {"--issuer", true},
              {"--birth-date", true},
              {"--accession", true},
              {"--date", true},
              {"--modality", true},
              {"--description", true},
              {"--referring", true},
              {"--institution", true},
              {"--study", true},
              {"--limit", true}}}},
    Command{"retrieve",
            "--archive NAME STUDY_UID [--series UID] [--priors]",
            "what is missing of a study or series, from an archive into the cache; then its relevant priors",
            {{{"--archive", true}, {"--series", true}, {"--priors", false}}}},
    Command{"priors",
            "STUDY_UID [--archive NAME | --local]",
            "other exams of the patient in the cache and all archives, the relevant ones first, with reasons",
            {{{"--archive", true}, {"--local", false}}}},
    Command{"send",
            "--archive NAME [--commit] UID...",
            "studies, series or instances of the cache to an archive; --commit asks it to answer for them",
            {{{"--archive", true}, {"--commit", false}}}},
    Command{"verify",
            "[--repair]",
            "every file against its hash and the index; --repair rebuilds the index",
            {{{"--repair", false}}}},
    Command{"benchmark",
            "STUDY_UID",
            "this machine on this study: first image, scroll, window, load, planes, memory",
            {}},
    Command{"open",
            "STUDY_UID | --accession A | --patient-id P",
            "show a study in the running workstation",
            {{{"--accession", true}, {"--patient-id", true}}}},
    Command{"state", "", "what each viewport of the running workstation shows now", {}},
};

constexpr std::array kWorkstationOptions{Option{"--layout", true}, Option{"--walkthrough", true},
                                         Option{"--language", true}};

const Command *findCommand(const QString &name)
{
    for (const Command &command : kCommands)
        if (name == QLatin1String(command.name))
            return &command;
    return nullptr;
}

/// Whether `name` is an option of the command (of the workstation if null), and whether it takes a value.
std::optional<bool> takesValue(const Command *command, const QString &name)
{
    if (command && qstrcmp(command->name, "render") == 0 && name == QLatin1String("-o"))
        return true;
    if (!command) {
        for (const Option &option : kWorkstationOptions)
            if (name == QLatin1String(option.name))
                return option.takesValue;
        return std::nullopt;
    }
    for (const Option &option : command->options)
        if (option.name && name == QLatin1String(option.name))
            return option.takesValue;
    return std::nullopt;
}

tl::unexpected<base::Error> wrong(const QString &sentence)
{
    return base::failure(base::ErrorCode::BadArgument, sentence.toStdString());
}

} // namespace

base::Result<CommandLine> CommandLine::parse(const QStringList &words, const QString &workingFolder)
{
    CommandLine line;
    line.workingFolder = workingFolder;
    line.cacheFolder = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
                       QStringLiteral("/negatoscope");
    line.configFolder = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
                        QStringLiteral("/negatoscope");
    const Command *command = nullptr;
    bool optionsEnd = false;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString &word = words[i];
        const bool isOption =
            !optionsEnd && word.size() > 1 && word.startsWith(QLatin1Char('-')) && !word[1].isDigit();
        if (!isOption) {
            if (!command && line.arguments.isEmpty() && !optionsEnd && (command = findCommand(word)))
                line.command = word;
            else
                line.arguments << word;
            continue;
        }
        const auto value = [&]() -> base::Result<QString> {
            if (i + 1 >= words.size())
                return wrong(QStringLiteral("The option %1 needs a value.").arg(word));
            return words[++i];
        };
        if (word == QLatin1String("--")) {
            optionsEnd = true;
        } else if (word == QLatin1String("--help") || word == QLatin1String("-h")) {
            line.help = true;
        } else if (word == QLatin1String("--version")) {
            line.version = true;
        } else if (word == QLatin1String("--json")) {
            line.json = true;
        } else if (word == QLatin1String("--quiet")) {
            line.quiet = true;
        } else if (word == QLatin1String("--cache")) {
            TRY(line.cacheFolder, value());
        } else if (word == QLatin1String("--config")) {
            TRY(line.configFolder, value());
        } else if (const auto wants = takesValue(command, word)) {
            QString text;
            if (*wants) {
                TRY(text, value());
            }
            line.options.insert(word, text);
        } else {
            return wrong(command
                             ? QStringLiteral("The command %1 has no option %2. See negatoscope --help.")
                                   .arg(line.command, word)
                             : QStringLiteral("There is no option %1. See negatoscope --help.").arg(word));
        }
    }
    line.cacheFolder = line.path(line.cacheFolder);
    line.configFolder = line.path(line.configFolder);
    return line;
}

QString CommandLine::path(const QString &given) const
{
    return QDir::cleanPath(QDir(workingFolder).absoluteFilePath(given));
}

QString CommandLine::helpText()
{
    QString text = QStringLiteral(
        "Negatoscope, a radiology reading workstation. Not for primary diagnosis until certified.\n\n"
        "negatoscope [--layout RxC] [--language en|fr] [PATH|STUDY_UID ...]\n"
        "    the workstation; a running one on the same cache is handed the request\n");
    for (const Command &command : kCommands)
        text += QStringLiteral("negatoscope %1 %2\n    %3\n")
                    .arg(QLatin1String(command.name), QLatin1String(command.arguments),
                         QLatin1String(command.purpose));
    text += QStringLiteral(
        "\nEverywhere:\n"
        "    --cache DIR    the local study cache\n"
        "    --config DIR   settings\n"
        "    --json         one JSON document on standard output\n"
        "    --quiet        no progress on standard error\n"
        "    --help, --version\n\n"
        "Exit codes: 0 done; 1 done in part or refused; 2 wrong usage; 3 the surroundings failed.\n");
    return text;
}

} // namespace negatoscope::app
