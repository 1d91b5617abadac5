<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Corners</name>
    <message numerus="yes">
        <source>%n object(s) of this series without an image.</source>
        <translation>
            <numerusform>%n object of this series has no image.</numerusform>
            <numerusform>%n objects of this series have no image.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlaneWords</name>
    <message numerus="yes">
        <source>%n slice(s) cannot be read: hatched here.</source>
        <translation>
            <numerusform>%n slice cannot be read: hatched here.</numerusform>
            <numerusform>%n slices cannot be read: hatched here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RenderedWords</name>
    <message numerus="yes">
        <source>%n slice(s) could not be had: what is missing is not drawn.</source>
        <translation>
            <numerusform>%n slice could not be had: what is missing is not drawn.</numerusform>
            <numerusform>%n slices could not be had: what is missing is not drawn.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Transfers</name>
    <message numerus="yes">
        <source>%1 says that it has sent everything, but %n image(s) of its own list did not come; try again, else tell its administrator.</source>
        <translation>
            <numerusform>%1 says that it has sent everything, but %n image of its own list did not come; try again, else tell its administrator.</numerusform>
            <numerusform>%1 says that it has sent everything, but %n images of its own list did not come; try again, else tell its administrator.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) missing:</source>
        <translation>
            <numerusform>%n image missing:</numerusform>
            <numerusform>%n images missing:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) so far</source>
        <translation>
            <numerusform>%n image so far</numerusform>
            <numerusform>%n images so far</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n s left</source>
        <translation>
            <numerusform>%n s left</numerusform>
            <numerusform>%n s left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min left</source>
        <translation>
            <numerusform>%n min left</numerusform>
            <numerusform>%n min left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h left</source>
        <translation>
            <numerusform>%n h left</numerusform>
            <numerusform>%n h left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It is tried again in %n s.</source>
        <translation>
            <numerusform>It is tried again in %n s.</numerusform>
            <numerusform>It is tried again in %n s.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VolumeWords</name>
    <message numerus="yes">
        <source>%n slice(s) lie where another one lies and are left out of planes.</source>
        <translation>
            <numerusform>%n slice lies where another one lies and is left out of planes.</numerusform>
            <numerusform>%n slices lie where another one lies and are left out of planes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n slice(s) are missing between %1 and %2 mm.</source>
        <translation>
            <numerusform>%n slice is missing between %1 and %2 mm.</numerusform>
            <numerusform>%n slices are missing between %1 and %2 mm.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No planes can be made: %n slice(s) do not say where they lie.</source>
        <translation>
            <numerusform>No planes can be made: %n slice does not say where it lies.</numerusform>
            <numerusform>No planes can be made: %n slices do not say where they lie.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No planes can be made: slices have %n different size(s).</source>
        <translation>
            <numerusform>No planes can be made: slices have %n size.</numerusform>
            <numerusform>No planes can be made: slices have %n different sizes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No planes can be made: %n slice(s) are in colour.</source>
        <translation>
            <numerusform>No planes can be made: %n slice is in colour.</numerusform>
            <numerusform>No planes can be made: %n slices are in colour.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No planes can be made: the values of %n slice(s) go through a table.</source>
        <translation>
            <numerusform>No planes can be made: the values of %n slice go through a table.</numerusform>
            <numerusform>No planes can be made: the values of %n slices go through a table.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No planes can be made: the values of %n slice(s) have another unit.</source>
        <translation>
            <numerusform>No planes can be made: the values of %n slice have another unit.</numerusform>
            <numerusform>No planes can be made: the values of %n slices have another unit.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message numerus="yes">
        <source>%n year(s)</source>
        <translation>
            <numerusform>%n y</numerusform>
            <numerusform>%n y</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s)</source>
        <translation>
            <numerusform>%n month</numerusform>
            <numerusform>%n months</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n week(s)</source>
        <translation>
            <numerusform>%n week</numerusform>
            <numerusform>%n weeks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n slice(s) are missing between %1 and %2 mm.</source>
        <translation>
            <numerusform>%n slice is missing between %1 and %2 mm.</numerusform>
            <numerusform>%n slices are missing between %1 and %2 mm.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n slice position(s) are there more than once.</source>
        <translation>
            <numerusform>%n slice position is there more than once.</numerusform>
            <numerusform>%n slice positions are there more than once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The series holds slices of %n orientation(s).</source>
        <translation>
            <numerusform>The series holds slices of %n orientation.</numerusform>
            <numerusform>The series holds slices of %n orientations.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The series holds pictures of %n size(s).</source>
        <translation>
            <numerusform>The series holds pictures of %n size.</numerusform>
            <numerusform>The series holds pictures of %n sizes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The series holds %n volume(s), one after the other.</source>
        <translation>
            <numerusform>The series holds %n volume.</numerusform>
            <numerusform>The series holds %n volumes, one after the other.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::ArchiveSearchPage</name>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n study(ies)</source>
        <translation>
            <numerusform>%n study</numerusform>
            <numerusform>%n studies</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::ArchiveTestBox</name>
    <message numerus="yes">
        <source>%n study(ies) of today.</source>
        <translation>
            <numerusform>%n study of today.</numerusform>
            <numerusform>%n studies of today.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::ArchivesPage</name>
    <message numerus="yes">
        <source>%n archive(s) taken from the file.</source>
        <translation>
            <numerusform>%n archive taken from the file.</numerusform>
            <numerusform>%n archives taken from the file.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::ExportWindow</name>
    <message numerus="yes">
        <source>The whole study, %n image(s)</source>
        <translation>
            <numerusform>The whole study, %n image</numerusform>
            <numerusform>The whole study, %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This series: %1, %n image(s)</source>
        <translation>
            <numerusform>This series: %1, %n image</numerusform>
            <numerusform>This series: %1, %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n</source>
        <translation>
            <numerusform>%1 of %n</numerusform>
            <numerusform>%1 of %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) written to %1.</source>
        <translation>
            <numerusform>%n file written to %1.</numerusform>
            <numerusform>%n files written to %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be exported, the first because: %1</source>
        <translation>
            <numerusform>%n could not be exported: %1</numerusform>
            <numerusform>%n could not be exported, the first because: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::FileListWindow</name>
    <message numerus="yes">
        <source>%n file(s) refused; everything else was taken.</source>
        <translation>
            <numerusform>%n file refused; everything else was taken.</numerusform>
            <numerusform>%n files refused; everything else was taken.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of the study of %1 kept but not shown: nothing was overwritten or merged.</source>
        <translation>
            <numerusform>%n file of the study of %1 kept but not shown: nothing was overwritten or merged.</numerusform>
            <numerusform>%n files of the study of %1 kept but not shown: nothing was overwritten or merged.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) ignored: no DICOM, but something beside the images.</source>
        <translation>
            <numerusform>%n file ignored: no DICOM, but something beside the images.</numerusform>
            <numerusform>%n files ignored: no DICOM, but something beside the images.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::FoundStudyActs</name>
    <message numerus="yes">
        <source>%n study(ies) will be fetched.</source>
        <translation>
            <numerusform>%n study will be fetched.</numerusform>
            <numerusform>%n studies will be fetched.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::ImportStrip</name>
    <message numerus="yes">
        <source>%n more job(s) waiting</source>
        <translation>
            <numerusform>%n more job waiting</numerusform>
            <numerusform>%n more jobs waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) refused</source>
        <translation>
            <numerusform>%n file refused</numerusform>
            <numerusform>%n files refused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) added.</source>
        <translation>
            <numerusform>%n image added.</numerusform>
            <numerusform>%n images added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n was (were) already there.</source>
        <translation>
            <numerusform>%n was already there.</numerusform>
            <numerusform>%n were already there.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n differ(s) from what is here and was kept aside.</source>
        <translation>
            <numerusform>%n differs from what is here and was kept aside.</numerusform>
            <numerusform>%n differ from what is here and were kept aside.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) ignored</source>
        <translation>
            <numerusform>%n file ignored</numerusform>
            <numerusform>%n files ignored</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::PlacesPanel</name>
    <message numerus="yes">
        <source>%n study(ies) at %1</source>
        <translation>
            <numerusform>%n study at %1</numerusform>
            <numerusform>%n studies at %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::PriorsPanel</name>
    <message numerus="yes">
        <source>%n other exam(s)</source>
        <translation>
            <numerusform>%n other exam</numerusform>
            <numerusform>%n other exams</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::SendStrip</name>
    <message numerus="yes">
        <source>%n more order(s) waiting</source>
        <translation>
            <numerusform>%n more order waiting</numerusform>
            <numerusform>%n more orders waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n image(s) sent to %2.</source>
        <translation>
            <numerusform>%1 of %n image sent to %2.</numerusform>
            <numerusform>%1 of %n images sent to %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n was (were) kept, but not as sent.</source>
        <translation>
            <numerusform>%n was kept, but not as sent.</numerusform>
            <numerusform>%n were kept, but not as sent.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::StudyActs</name>
    <message numerus="yes">
        <source>%n studies deleted.</source>
        <translation>
            <numerusform>%n study deleted.</numerusform>
            <numerusform>%n studies deleted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n studies are back.</source>
        <translation>
            <numerusform>%n study is back.</numerusform>
            <numerusform>%n studies are back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n studies are kept: never removed to make room.</source>
        <translation>
            <numerusform>%n study is kept: never removed to make room.</numerusform>
            <numerusform>%n studies are kept: never removed to make room.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n studies may be removed again to make room.</source>
        <translation>
            <numerusform>%n study may be removed again to make room.</numerusform>
            <numerusform>%n studies may be removed again to make room.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deleted</source>
        <translation>
            <numerusform>%n deleted</numerusform>
            <numerusform>%n deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %n study(ies) to</source>
        <translation>
            <numerusform>Send %n study to</numerusform>
            <numerusform>Send %n studies to</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::StudyListWindow</name>
    <message numerus="yes">
        <source>%n study(ies)</source>
        <translation>
            <numerusform>%n study</numerusform>
            <numerusform>%n studies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n study(ies)</source>
        <translation>
            <numerusform>%1 of %n study</numerusform>
            <numerusform>%1 of %n studies</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::StudyPreviewPanel</name>
    <message numerus="yes">
        <source>%n series</source>
        <translation>
            <numerusform>%n series</numerusform>
            <numerusform>%n series</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n study(ies) of this patient</source>
        <translation>
            <numerusform>%n study of this patient</numerusform>
            <numerusform>%n studies of this patient</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) without an image</source>
        <translation>
            <numerusform>%n object without an image</numerusform>
            <numerusform>%n objects without an image</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::TransferStrip</name>
    <message numerus="yes">
        <source>(%n more)</source>
        <comment>other transfers</comment>
        <translation>
            <numerusform>(%n more)</numerusform>
            <numerusform>(%n more)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>negatoscope::ui::TransfersWindow</name>
    <message numerus="yes">
        <source>%n study(studies) on its (their) way. What runs when the program ends goes on with the next start.</source>
        <translation>
            <numerusform>%n study on its way. What runs when the program ends goes on with the next start.</numerusform>
            <numerusform>%n studies on their way. What runs when the program ends goes on with the next start.</numerusform>
        </translation>
    </message>
</context>
</TS>
