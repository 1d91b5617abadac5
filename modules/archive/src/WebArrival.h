#pragma once

#include "MultipartReader.h"
#include "ReceivedDataSet.h"
#include "WebClient.h"

#include <archive/Records.h>

#include <optional>
#include <string>

namespace negatoscope::archive {

/// Takes the bodies of WADO-RS answers: every part is an instance, whose data set goes to a file as it comes
/// and whose own File Meta Information is read for three identifiers only.
///
/// A part that is no instance, or not the one that was asked for, is passed over and counted as failed.
/// Threads : one.
/// Errors  : those of the disk; ProtocolViolated, ConnectionLost for a body that was cut.
class WebArrival
{
public:
    explicit WebArrival(const Retrieval &retrieval) : m_retrieval(retrieval) {}

    /// A new answer comes; with one instance only, if not empty.
    void expect(const base::InstanceUid &only);
    base::Status take(const WebAnswer &answer, std::span<const std::uint8_t> bytes);
    /// The body has come to its end.
    base::Status finish();
    void noteMissing(const base::InstanceUid &instance, base::Error why);

    const RetrieveReport &report() const { return m_report; }

private:
    base::Status begin(std::string_view contentType);
    base::Status data(std::span<const std::uint8_t> bytes);
    base::Status end();
    base::Status openFile();
    void passOver(base::Error why);

    const Retrieval &m_retrieval;
    base::InstanceUid m_only;
    std::optional<MultipartReader> m_reader;
    std::string m_head; ///< of a part, until its meta information has come
    std::optional<ReceivedDataSet> m_file;
    bool m_passedOver = false;
    RetrieveReport m_report;
};

} // namespace negatoscope::archive
