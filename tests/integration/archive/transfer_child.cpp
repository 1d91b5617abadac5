// The victim of tst_TransferQueue: brings a study into a cache and writes a line for each instance that the
// archive has sent.
//
//   transfer_child CACHE LOG INSTANCES request|resume

#include "CapriciousArchive.h"

#include <session/TransferQueue.h>

#include <QtCore/QCoreApplication>

#include <cstdio>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

using namespace negatoscope;

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (argc < 5)
        return 2;
    test::FakeFileReader reader;
    auto cache = cache::Cache::open({argv[1], 0, 0, false}, reader);
    const int log = ::open(argv[2], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (!cache || log < 0)
        return 3;
    auto archive = std::make_shared<test::CapriciousArchive>();
    archive->instances = std::atoi(argv[3]);
    archive->beforeEach = [log](const auto &, int, const std::stop_token &) {
        ::poll(nullptr, 0, 5); // so long an image takes
        if (::write(log, "sent\n", 5) != 5)
            std::abort();
    };
    session::TransferQueue queue(
        **cache,
        {[](const std::string &) { return std::optional(2); },
         [&](const std::string &) -> base::Result<std::shared_ptr<archive::Archive>> { return archive; }},
        {});
    const bool asks = std::string_view(argv[4]) == "request";
    const auto endIfDone = [&] {
        // What an earlier run has finished is not in the list any more.
        const auto &all = queue.transfers();
        if (all.empty() ? !asks : all.front().state == session::Transfer::State::Done)
            QCoreApplication::quit();
    };
    QObject::connect(&queue, &session::TransferQueue::changed, &application, endIfDone);
    session::RequestedStudy study;
    study.archive = "A";
    study.uid = base::StudyUid("1.2.3");
    if (asks)
        queue.request(study, session::Purpose::OnScreen);
    return QCoreApplication::exec();
}
