#pragma once

namespace negatoscope::codec {

/// Where the program leaves a worker's socket and the memory it decodes into.
inline constexpr int kWorkerSocket = 3;
inline constexpr int kWorkerMemory = 4;

/// The life of a worker process: prepares the libraries, enters the sandbox, tests it, then answers requests
/// until the program closes the socket. Returns the exit status.
int runWorker(int socket, int memory);

} // namespace negatoscope::codec
