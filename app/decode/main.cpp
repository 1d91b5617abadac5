#include <codec/WorkerMain.h>

int main()
{
    return negatoscope::codec::workerMain();
}
