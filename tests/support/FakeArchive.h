#pragma once

#include "Association.h"
#include "Identifier.h"
#include "ServerProcess.h"
#include "SopClasses.h"

#include <functional>
#include <thread>
#include <vector>

#include <poll.h>

namespace negatoscope::test {

/// An archive that does what real ones never do, or rarely: a function answers each request. Takes every
/// class and syntax that is proposed, whoever asks.
class FakeArchive
{
public:
    using Answer = std::function<base::Status(archive::Association &, const archive::Message &)>;

    explicit FakeArchive(Answer answer) : m_answer(std::move(answer))
    {
        m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        ::bind(m_socket, reinterpret_cast<sockaddr *>(&address), length);
        ::listen(m_socket, 16);
        ::getsockname(m_socket, reinterpret_cast<sockaddr *>(&address), &length);
        port = ntohs(address.sin_port);
        m_thread = std::jthread([this](const std::stop_token &stop) { accept(stop); });
    }
    ~FakeArchive()
    {
        m_thread = {};
        m_guests.clear();
        ::close(m_socket);
    }
    Q_DISABLE_COPY_MOVE(FakeArchive)

    const QString title = QStringLiteral("FAKE");
    quint16 port = 0;

    static archive::CommandSet reply(archive::Command field, const archive::Message &request,
                                     std::uint16_t status)
    {
        namespace element = archive::command;
        archive::CommandSet command(field, request.command.number(element::MessageId).value_or(0));
        command.setText(element::AffectedSopClass, request.command.text(element::AffectedSopClass));
        command.setNumber(element::Status, status);
        return command;
    }
    /// Reads and forgets the data set of a request.
    static base::Status drop(archive::Association &association, const archive::Message &request)
    {
        if (!request.command.hasData())
            return {};
        const auto bytes = association.receiveData(1U << 20U);
        return bytes ? base::Status() : base::failure(bytes.error());
    }
    /// Sends an answer of C-FIND.
    static base::Status pending(archive::Association &association, const archive::Message &request,
                                const dicom::DataSet &row)
    {
        const std::string bytes =
            archive::Identifier::encode(row, association.context(request.context)->transferSyntaxes.front());
        return association.send(request.context, reply(archive::Command::FindReply, request, 0xff00), &bytes);
    }
    /// Sends an object by C-STORE, as C-GET does, and returns the status of the answer.
    static base::Result<std::uint16_t> store(archive::Association &association, const std::string &sopClass,
                                             const std::string &instance, const std::string &dataSet)
    {
        const auto *const context = association.find(sopClass);
        if (!context)
            return base::failure(base::ErrorCode::ServiceNotOffered, "not proposed");
        archive::CommandSet request(archive::Command::StoreRequest, association.nextMessageId());
        request.setText(archive::command::AffectedSopClass, sopClass);
        request.setText(archive::command::AffectedInstance, instance);
        request.setNumber(archive::command::Priority, 0);
        TRY_DO(association.send(context->id, request, &dataSet));
        TRY(const auto answer, association.receive());
        if (!answer)
            return base::failure(base::ErrorCode::ConnectionLost, "left");
        return answer->command.status();
    }

private:
    void accept(const std::stop_token &stop)
    {
        constexpr int kTickMs = 20;
        while (!stop.stop_requested()) {
            pollfd one{m_socket, POLLIN, 0};
            if (::poll(&one, 1, kTickMs) <= 0)
                continue;
            const int guest = ::accept4(m_socket, nullptr, nullptr, SOCK_CLOEXEC);
            if (guest >= 0)
                m_guests.emplace_back([this, guest](const std::stop_token &own) { serve(guest, own); });
        }
    }

    void serve(int guest, const std::stop_token &stop)
    {
        const archive::Limits limits;
        auto connection = archive::Connection::accepted(guest, limits, nullptr, stop);
        if (!connection)
            return;
        archive::Association::Terms terms;
        terms.calledTitle = title.toStdString();
        terms.takes = [](const std::string &) { return true; };
        terms.reads = [](const std::string &) { return true; };
        auto association = archive::Association::accept(*std::move(connection), terms, limits);
        while (association) {
            const auto message = (*association)->receive();
            if (!message || !*message || !m_answer(**association, **message))
                return;
        }
    }

    Answer m_answer;
    int m_socket = -1;
    std::vector<std::jthread> m_guests;
    std::jthread m_thread;
};

} // namespace negatoscope::test
