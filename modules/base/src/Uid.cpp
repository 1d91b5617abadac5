#include <base/Uid.h>

namespace negatoscope::base {

bool isValidUid(std::string_view text)
{
    if (text.empty() || text.size() > 64)
        return false;
    bool componentEmpty = true;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            componentEmpty = false;
        } else if (c == '.' && !componentEmpty) {
            componentEmpty = true;
        } else {
            return false;
        }
    }
    return !componentEmpty;
}

} // namespace negatoscope::base
