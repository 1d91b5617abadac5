#pragma once

#include <Backend.h>
#include <Phantom.h>
#include <session/ImportPresenter.h>
#include <session/PlanesPresenter.h>
#include <session/ReadingPresenter.h>

#include <QtCore/QJsonArray>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

namespace negatoscope::test {

inline constexpr int kLimitMs = 60'000;
inline constexpr int kAxial = 0, kCoronal = 1, kSagittal = 2;

/// What is loaded ahead goes on meanwhile.
inline QJsonObject withoutMarks(QJsonObject window)
{
    QJsonArray viewports;
    for (const auto &viewport : window.value(QLatin1String("viewports")).toArray()) {
        QJsonObject one = viewport.toObject();
        one.remove(QLatin1String("loading"));
        viewports.append(one);
    }
    window.insert(QLatin1String("viewports"), viewports);
    return window;
}

/// A program with phantoms and samples in its cache, and what tests of planes do with a reading window.
class PlanesFixture : public QObject
{
protected:
    using ReadingPresenter = session::ReadingPresenter;
    using Content = session::ViewportState::Content;

    QTemporaryDir m_folder;
    std::unique_ptr<app::Backend> m_backend;

    cache::StudyRecord studyOf(const std::string &description) const
    {
        for (const auto &study : m_backend->cache().studies({}))
            if (study.description == description && study.patient.id != "GAP")
                return study;
        return {};
    }

    static bool isSettled(const ReadingPresenter &reading)
    {
        if (reading.isOpening() || !reading.study())
            return false;
        if (const auto *planes = reading.planes())
            return planes->isSettled();
        for (const auto &viewport : reading.viewports()) {
            const auto &state = viewport->state();
            if (state.content == Content::Waiting || state.pending ||
                (state.content != Content::Empty && !state.countFinal))
                return false;
        }
        return true;
    }

    void open(ReadingPresenter &reading, const std::string &description, const std::string &series = {})
    {
        const auto study = studyOf(description);
        QVERIFY2(!study.uid.isEmpty(), description.c_str());
        reading.openStudy(study.uid, study.patient);
        QTRY_VERIFY_WITH_TIMEOUT(isSettled(reading), kLimitMs);
        reading.setLayout({1, 1});
        for (const auto &record : m_backend->cache().series(study.uid))
            if (record.description == series)
                reading.showSeries(0, record.uid);
        resize(reading);
        QTRY_VERIFY_WITH_TIMEOUT(isSettled(reading), kLimitMs);
    }

    static void resize(ReadingPresenter &reading)
    {
        for (const auto &viewport : reading.viewports())
            viewport->setViewSize({400, 400});
    }

    static void beginPlanes(ReadingPresenter &reading)
    {
        reading.togglePlanes();
        QVERIFY(reading.planes());
        resize(reading);
        QTRY_VERIFY_WITH_TIMEOUT(!reading.planes() || isSettled(reading), kLimitMs);
        QVERIFY(reading.planes());
    }

    void fill()
    {
        auto backend = app::Backend::start({m_folder.filePath(QStringLiteral("cache")),
                                            std::size_t(256 << 20), 0, QStringLiteral(NEGATOSCOPE_WORKER)});
        QVERIFY2(backend, backend ? "" : backend.error().describe().c_str());
        m_backend = *std::move(backend);
        const QString data = m_folder.filePath(QStringLiteral("data")), out = QStringLiteral("--out");
        QVERIFY(test::runGenerator({QStringLiteral("orientation"), out, data + QStringLiteral("/cube")}));
        QVERIFY(test::runGenerator({QStringLiteral("head"), out, data + QStringLiteral("/head")}));
        QVERIFY(test::makePhantom(data + QStringLiteral("/ct"), 60,
                                  {QStringLiteral("--spacing-z"), QStringLiteral("2")}));
        QVERIFY(test::makePhantom(data + QStringLiteral("/gap"), 60,
                                  {QStringLiteral("--spacing-z"), QStringLiteral("2"),
                                   QStringLiteral("--missing"), QStringLiteral("20,21,22,23"),
                                   QStringLiteral("--patient-id"), QStringLiteral("GAP"),
                                   QStringLiteral("--seed"), QStringLiteral("2")}));
        session::ImportPresenter import(m_backend->services());
        QSignalSpy finished(&import, &session::ImportPresenter::finished);
        import.start({data, QStringLiteral(NEGATOSCOPE_SAMPLES)}, session::ImportPresenter::Mode::Import);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 4 * kLimitMs);
    }
};

} // namespace negatoscope::test
