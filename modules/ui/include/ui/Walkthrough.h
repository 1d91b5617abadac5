#pragma once

#include <base/Uid.h>

#include <QtCore/QObject>
#include <QtCore/QString>
#include <QtCore/QTimer>

#include <functional>
#include <vector>

class QWidget;

namespace negatoscope::cache {
struct StudyRecord;
}

namespace negatoscope::ui {

class ReadingWindow;
class ViewportWidget;
class Workstation;

/// Goes through the reader's main job by itself, with the real windows, and keeps a picture of each step.
///
/// Waits for what the windows show, not for time; a step that does not come about within its limit ends the
/// walk. Steps that need a kind of study that is not in the cache, or an archive, are left out and named on
/// standard error.
class Walkthrough final : public QObject
{
    Q_OBJECT
public:
    /// Pictures go into `folder`, which is made if need be, as "01-study-list.png" and so on; without a
    /// folder none are kept.
    Walkthrough(Workstation &workstation, QString folder, QObject *parent = nullptr);

    void start();
    const QStringList &pictures() const { return m_pictures; }

Q_SIGNALS:
    /// 0: every step came about; 1: `problem` says which one did not.
    void finished(int exitCode, const QString &problem);

private:
    struct Step
    {
        QString name;
        std::function<bool()> act; ///< false: not possible with these studies, left out
        std::function<bool()> ready;
        std::function<QWidget *()> window; ///< to take a picture of; none: no picture
    };

    void planStudyList();
    void planReading();
    void planOtherStudies();
    void planArchives();
    void addStudy(const QString &name, const QStringList &modalities);
    void addReadingStep(const QString &name, std::function<bool()> act, std::function<bool()> ready = {});
    void addOpeningStep(const QString &name, std::function<bool()> act, std::function<bool()> ready = {});
    void next();
    void check();
    void watch();
    bool keep(const Step &step);
    void end(int exitCode, const QString &problem);

    bool openStudy(const QStringList &modalities);
    bool openListed(const base::StudyUid &study);
    bool openRemote();
    base::StudyUid studyWithRemotePrior() const;
    const cache::StudyRecord *studyWith(const QStringList &modalities) const;
    ReadingWindow *reading() const;
    ViewportWidget *activeViewport() const;
    bool picturesShown() const;
    bool trigger(const QString &action) const;

    Workstation &m_workstation;
    QString m_folder;
    std::vector<Step> m_steps;
    std::size_t m_at = 0;
    bool m_acting = false, m_ended = false;
    base::StudyUid m_opened;
    int m_expectedIndex = 0;
    double m_before = 0;
    QStringList m_pictures;
    QTimer m_limit;
};

} // namespace negatoscope::ui
