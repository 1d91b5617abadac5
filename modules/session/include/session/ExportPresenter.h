#pragma once

#include <base/Result.h>
#include <cache/Records.h>
#include <frames/Frame.h>
#include <session/Services.h>
#include <session/Viewing.h>
#include <session/ViewportState.h>

#include <QtCore/QByteArray>
#include <QtCore/QObject>
#include <QtCore/QString>
#include <QtCore/QTimer>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace negatoscope::session {

class ExportFolder;
class ViewportPresenter;

/// What is to leave the workstation, and as what.
struct ExportRequest
{
    enum class Format { Dicom, Png, Jpeg };
    /// A picture as the bytes of a file. Called on threads of the pool.
    using Encode = std::function<base::Result<QByteArray>(const ViewportState &)>;

    base::StudyUid study;
    std::optional<base::SeriesUid> series; ///< only this one
    std::optional<frames::FrameKey> image; ///< only this one of `series`; as DICOM its whole object
    std::optional<Viewing> viewing;        ///< of `series`, as the reader looks at it; else as it opens
    QString folder;                        ///< that gets a new folder
    Format format = Format::Dicom;
    bool deidentified = false; ///< pictures only: images that may show a name in their pixels are refused
    Encode encode;             ///< for pictures
};

struct ExportReport
{
    struct Failure
    {
        QString series; ///< number or UID
        int image = 0;  ///< place in the series, from 1
        base::Error error;
    };
    QString folder; ///< what was made; empty if nothing was
    int files = 0;
    std::vector<Failure> failed;
};

/// Writes a study, a series or an image into a new folder, in the background, with progress and cancel.
///
/// The files are made in a hidden folder beside the new one, which gets its name when all of them are on
/// disk: what is cancelled or fails leaves nothing, and nothing that is there is ever replaced. Names are
/// made of numbers and of letters a to z, whatever the objects say. DICOM objects are copied byte for byte.
class ExportPresenter final : public QObject
{
    Q_OBJECT
public:
    explicit ExportPresenter(Services services, QObject *parent = nullptr);
    /// Cancels. What is being written ends by itself and is removed.
    ~ExportPresenter() override;
    Q_DISABLE_COPY_MOVE(ExportPresenter)

    /// One at a time: false while another runs.
    bool start(ExportRequest request);
    void cancel();

    bool isRunning() const { return m_running; }
    int done() const { return m_done->load(); }
    int total() const { return m_total; }
    /// Of the last one. Errors: NotFound, Cancelled, DiskFull, CannotWrite; that of the first image if none
    /// could be exported.
    const std::optional<base::Result<ExportReport>> &lastReport() const { return m_lastReport; }

Q_SIGNALS:
    /// Progress too, a few times a second.
    void changed();
    void finished();

private:
    struct Plan;
    void takePlan(std::shared_ptr<const Plan> plan);
    void copyObjects();
    void showSeries();
    void step();
    void write(const ViewportState &state);
    void fail(const base::Error &error);
    void advance();
    void leaveViewport();
    void finish(std::optional<base::Error> error);

    Services m_services;
    bool m_running = false;
    ExportRequest m_request;
    std::shared_ptr<const Plan> m_plan;
    std::shared_ptr<ExportFolder> m_folder;
    std::stop_source m_stop;
    std::shared_ptr<std::atomic<int>> m_done;
    int m_total = 0;
    ExportReport m_report;
    std::optional<base::Result<ExportReport>> m_lastReport;
    QTimer m_progressTimer;

    // Pictures: one viewport that nobody sees goes through the images.
    std::unique_ptr<ViewportPresenter> m_viewport;
    std::size_t m_series = 0;
    int m_image = 0;
    bool m_writing = false, m_viewed = false;
};

/// Whether the pixels of an image may name the patient: they say so, or are of a kind that often does and do
/// not say that they do not.
bool mayShowNames(const ViewportState &state);

} // namespace negatoscope::session
