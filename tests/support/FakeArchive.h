#pragma once

#include "Association.h"
#include "Identifier.h"
#include "LoopbackListener.h"
#include "SopClasses.h"

#include <QtCore/QString>

#include <functional>

namespace negatoscope::test {

/// An archive that does what real ones never do, or rarely: a function answers each request. Takes every
/// class and syntax that is proposed, whoever asks.
class FakeArchive
{
public:
    using Answer = std::function<base::Status(archive::Association &, const archive::Message &)>;

    explicit FakeArchive(Answer answer) : m_answer(std::move(answer)) { port = m_listener.port(); }
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
    // Last: it ends before what its connections use.
    LoopbackListener m_listener{[this](int client, const std::stop_token &stop) { serve(client, stop); }};
};

} // namespace negatoscope::test
