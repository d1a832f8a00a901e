"""The sentences of refused files (提示语原文): problem and remedy, English and Chinese.

One row per code, so that adding a refusal without its translation is impossible. `{gaps}` are
filled by the reader that refuses; place and value are added by `wording`.
"""

from typing import NamedTuple


class Sentence(NamedTuple):
    """One refusal or notice in both languages."""

    problem: str
    remedy: str
    zh_problem: str
    zh_remedy: str


class Notice(NamedTuple):
    """Something done to a file on the way in that its owner should know."""

    text: str
    zh_text: str


_SAVE_AS = "Open it in a spreadsheet program and save it as .xlsx or as CSV (UTF-8)."
_ZH_SAVE_AS = "请用表格软件打开，另存为 .xlsx 或 CSV（UTF-8）。"
_ASK_FOR_TABLE = "Ask whoever made it for the table itself, saved as .xlsx or as CSV (UTF-8)."
_ZH_ASK_FOR_TABLE = "请向制作者索取表格原件，存为 .xlsx 或 CSV（UTF-8）。"
_CORRECT = "Correct this cell, or leave it blank if it is not known."
_ZH_CORRECT = "请改正此单元格；不清楚时留空。"

SENTENCES: dict[str, Sentence] = {
    "file-missing": Sentence(
        "there is no such file", "Check the path.", "没有这个文件", "请检查路径。"
    ),
    "file-empty": Sentence("the file is empty", "Export it again.", "文件是空的", "请重新导出。"),
    "file-too-big": Sentence(
        "the file has {size} MB, at most {limit} MB can be read",
        "Leave out pictures and unused columns, or split it into several files.",
        "文件有 {size} MB，最多可读 {limit} MB",
        "请删去图片和不用的列，或拆成几个文件。",
    ),
    "unfolds-too-big": Sentence(
        "the workbook unfolds to {size} MB, at most {limit} MB can be read",
        "Copy only the needed columns into a new workbook.",
        "工作簿展开后有 {size} MB，最多可读 {limit} MB",
        "请把需要的列复制到新的工作簿。",
    ),
    "too-many-cells": Sentence(
        "the sheet reaches over more than {limit} cells",
        "Delete stray cells far right of or below the table, or split it into several files.",
        "工作表范围超过 {limit} 个单元格",
        "请删除表格右侧或下方很远处的多余单元格，或拆成几个文件。",
    ),
    "table-empty": Sentence(
        "the table has no rows",
        "Check that the rows are on the first visible sheet.",
        "表格里没有内容",
        "请检查数据是否在可见的工作表里。",
    ),
    "not-a-table": Sentence(
        "this is not a table of text or a workbook", _SAVE_AS, "这不是文本表格或工作簿", _ZH_SAVE_AS
    ),
    "is-pdf": Sentence(
        "this is a PDF document, not a table",
        _ASK_FOR_TABLE,
        "这是 PDF 文档，不是表格",
        _ZH_ASK_FOR_TABLE,
    ),
    "is-picture": Sentence(
        "this is a picture or a film, not a table",
        _ASK_FOR_TABLE,
        "这是图片或视频，不是表格",
        _ZH_ASK_FOR_TABLE,
    ),
    "is-text-document": Sentence(
        "this is a text document (Word or the like), not a table",
        "Copy its table into a spreadsheet program and save it as .xlsx or as CSV (UTF-8).",
        "这是文字文档（如 Word），不是表格",
        "请把其中的表格复制到表格软件，另存为 .xlsx 或 CSV（UTF-8）。",
    ),
    "is-slides": Sentence(
        "these are presentation slides, not a table",
        _ASK_FOR_TABLE,
        "这是演示文稿，不是表格",
        _ZH_ASK_FOR_TABLE,
    ),
    "is-archive": Sentence(
        "this is a packed archive (zip, rar or the like), not a table",
        "Unpack it and hand in the table inside, as .xlsx or as CSV (UTF-8).",
        "这是压缩包（zip、rar 等），不是表格",
        "请先解压，再提交其中的表格（.xlsx 或 CSV（UTF-8））。",
    ),
    "is-json": Sentence(
        "this is JSON, not a table",
        "Export the rows as .xlsx or as CSV (UTF-8).",
        "这是 JSON 文件，不是表格",
        "请导出为 .xlsx 或 CSV（UTF-8）。",
    ),
    "is-database": Sentence(
        "this is a database file, not a table",
        "Export the rows as .xlsx or as CSV (UTF-8).",
        "这是数据库文件，不是表格",
        "请导出为 .xlsx 或 CSV（UTF-8）。",
    ),
    "text-blank": Sentence(
        "the file holds nothing but blanks",
        "Export it again, with a row of headings and a row for each entry.",
        "文件里只有空白",
        "请重新导出：先一行表头，再每条一行。",
    ),
    "one-column": Sentence(
        "the file has one column only, and its heading “{heading}” is none that is looked for",
        "Part the columns by commas (not by other marks or blanks), with the headings above them, "
        "or save the table as .xlsx. Looked for: {titles}.",
        "文件只有一列，表头“{heading}”也不是所需的列",
        "请用英文逗号分隔各列（不用其他符号或空格），首行写表头，或存为 .xlsx。需要：{titles}。",
    ),
    "web-page": Sentence(
        "this is a web page or XML saved under the name of a table",
        _SAVE_AS,
        "这是以表格名称保存的网页或 XML",
        _ZH_SAVE_AS,
    ),
    "picture-empty": Sentence(
        "the file is empty",
        "Choose the photo again.",
        "文件是空的",
        "请重新选择照片。",
    ),
    "picture-too-heavy": Sentence(
        "the picture has {size} MB, at most {limit} MB can be taken",
        "Take the photo with less resolution, or cut it.",
        "图片有 {size} MB，最多可用 {limit} MB",
        "请用较低的分辨率拍摄，或裁剪后再选。",
    ),
    "picture-foreign": Sentence(
        "this is no picture that can be taken",
        "Give a photo as JPEG, PNG or WebP.",
        "这不是可以使用的图片",
        "请提供 JPEG、PNG 或 WebP 格式的照片。",
    ),
    "picture-damaged": Sentence(
        "the picture is damaged",
        "Open it in a picture program and save it again as JPEG.",
        "图片已损坏",
        "请用看图软件打开后另存为 JPEG。",
    ),
    "picture-too-large": Sentence(
        "the picture has {pixels} million pixels, at most {limit} million can be taken",
        "Make it smaller, or take the photo with less resolution.",
        "图片有 {pixels} 百万像素，最多可用 {limit} 百万像素",
        "请缩小图片，或用较低的分辨率拍摄。",
    ),
    "picture-moves": Sentence(
        "the picture moves",
        "Give one of its pictures as JPEG or PNG.",
        "这是动态图片",
        "请提供其中一帧，格式为 JPEG 或 PNG。",
    ),
    "workbook-damaged": Sentence(
        "the workbook is damaged or of another kind",
        _SAVE_AS,
        "工作簿已损坏或不是表格",
        _ZH_SAVE_AS,
    ),
    "workbook-locked": Sentence(
        "the workbook is protected by a password",
        "Save a copy without a password.",
        "工作簿设有密码",
        "请另存一份不带密码的副本。",
    ),
    "sheet-missing": Sentence(
        "there is no sheet named “{wanted}”",
        "The visible sheets are: {sheets}.",
        "没有名为“{wanted}”的工作表",
        "可见的工作表有：{sheets}。",
    ),
    "broken-encoding": Sentence(
        "the text is {encoding} with damaged characters in it",
        "The file may be cut off or glued together from two; export it again.",
        "文本是 {encoding} 编码，但有损坏的字符",
        "文件可能不完整，或由两种编码拼成；请重新导出。",
    ),
    "unknown-encoding": Sentence(
        "the encoding of the text is none of UTF-8, UTF-16, GB18030 and Windows-1252",
        _SAVE_AS,
        "文本编码不是 UTF-8、UTF-16、GB18030 或 Windows-1252",
        _ZH_SAVE_AS,
    ),
    "bad-quotes": Sentence(
        "a quotation mark opens and does not close as it should",
        "Double the quotation marks inside a text, or save the table as .xlsx.",
        "引号没有正确配对",
        "文字里的引号请写成两个，或把表格存为 .xlsx。",
    ),
    "field-missing": Sentence(
        "no column for “{field}”; the headings are: {headers}",
        "Name one column one of: {titles}; or say which column it is.",
        "找不到“{field}”列；表头有：{headers}",
        "请把该列命名为：{titles} 之一，或指明是哪一列。",
    ),
    "column-ambiguous": Sentence(
        "several columns could be “{field}”: {headers}",
        "Rename the ones not meant, or say which column it is.",
        "有几列都可能是“{field}”：{headers}",
        "请改名不用的列，或指明是哪一列。",
    ),
    "column-missing": Sentence(
        "there is no column “{wanted}”",
        "The headings are: {headers}.",
        "没有“{wanted}”这一列",
        "表头有：{headers}。",
    ),
    "columns-option": Sentence(
        "columns are named as field=heading, separated by commas",
        "The fields are: {fields}.",
        "列的写法是 字段=表头，用逗号分隔",
        "字段有：{fields}。",
    ),
    "unknown-field": Sentence(
        "there is no field “{wanted}”",
        "The fields are: {fields}.",
        "没有“{wanted}”这个字段",
        "字段有：{fields}。",
    ),
    "cell-blank": Sentence("the cell is blank", "Fill it in.", "单元格为空", "请填写。"),
    "not-a-number": Sentence(
        "this is not a number",
        "Write digits only, without a unit; or leave it blank.",
        "不是数字",
        "请只写数字、不带单位，或留空。",
    ),
    "not-whole": Sentence("this is not a whole number", _CORRECT, "不是整数", _ZH_CORRECT),
    "too-many": Sentence(
        "a count cannot be above ten thousand million", _CORRECT, "数量不能超过一百亿", _ZH_CORRECT
    ),
    "negative": Sentence("a count cannot be negative", _CORRECT, "数量不能为负数", _ZH_CORRECT),
    "not-a-longitude": Sentence(
        "a longitude lies between -180 and 180",
        "Write decimal degrees; check that longitude and latitude are not exchanged.",
        "经度应在 -180 到 180 之间",
        "请写十进制度数，并检查经纬度是否写反。",
    ),
    "not-a-latitude": Sentence(
        "a latitude lies between -90 and 90",
        "Write decimal degrees; check that longitude and latitude are not exchanged.",
        "纬度应在 -90 到 90 之间",
        "请写十进制度数，并检查经纬度是否写反。",
    ),
    "not-a-day": Sentence(
        "this is not a day",
        "Write year-month-day, such as 2026-05-01.",
        "不是日期",
        "请按年-月-日填写，例如 2026-05-01。",
    ),
    "not-a-time": Sentence(
        "this is not a time of day",
        "Write hours and minutes, such as 09:30.",
        "不是时间",
        "请按时:分填写，例如 09:30。",
    ),
    "not-hours": Sentence(
        "these opening hours cannot be read",
        "Write them as Mo-Fr 09:00-17:00; Sa 09:00-12:00, or leave the cell blank for always open.",
        "开放时间无法识别",
        "请写成 周一至周五 9:00-17:00；周六 9:00-12:00，全天开放则留空。",
    ),
    "not-yes-no": Sentence(
        "this is neither yes nor no", "Write yes or no.", "既不是“是”也不是“否”", "请填“是”或“否”。"
    ),
    "not-a-choice": Sentence(
        "this is none of the words allowed here",
        "Write one of: {choices}.",
        "不是可选的内容",
        "请填写以下之一：{choices}。",
    ),
    "code-lost-digits": Sentence(
        "this code was stored as a number and has lost its last digits",
        "Format the column as text and enter the code again.",
        "编号被存成了数字，末几位已丢失",
        "请把该列设为文本格式后重新填写。",
    ),
    "id-twice": Sentence(
        "the id “{id}” stands in row {first} already",
        "Every row needs an id of its own.",
        "编号“{id}”在第 {first} 行已出现",
        "每一行的编号必须不同。",
    ),
    "features-unreadable": Sentence(
        "this cannot be read as GeoJSON, GeoPackage or another map file",
        "Export it again as GeoJSON or GeoPackage.",
        "无法作为 GeoJSON、GeoPackage 或其他地图文件读取",
        "请重新导出为 GeoJSON 或 GeoPackage。",
    ),
    "features-empty": Sentence(
        "the map file holds no features",
        "Export it again.",
        "地图文件里没有要素",
        "请重新导出。",
    ),
    "features-too-many": Sentence(
        "the map file holds {count} features, at most {limit} can be read",
        "Split it into several files.",
        "地图文件有 {count} 个要素，最多可读 {limit} 个",
        "请拆成几个文件。",
    ),
    "layer-missing": Sentence(
        "there is no layer named “{wanted}”",
        "The layers are: {layers}.",
        "没有名为“{wanted}”的图层",
        "图层有：{layers}。",
    ),
    "crs-missing": Sentence(
        "the coordinates are not degrees and the file does not say what they are",
        "Export it again in longitude and latitude (WGS-84 or CGCS2000).",
        "坐标不是经纬度，文件也没有说明坐标系",
        "请以经纬度（WGS-84 或 CGCS2000）重新导出。",
    ),
    "crs-unknown": Sentence(
        "the coordinate system cannot be converted to longitude and latitude: {crs}",
        "Export it again in longitude and latitude (WGS-84 or CGCS2000).",
        "坐标系无法换算为经纬度：{crs}",
        "请以经纬度（WGS-84 或 CGCS2000）重新导出。",
    ),
    "osm-foreign": Sentence(
        "this is not an OpenStreetMap extract",
        "Give a file of the kind .osm, .osm.gz or .osm.pbf.",
        "这不是 OpenStreetMap 数据文件",
        "请提供 .osm、.osm.gz 或 .osm.pbf 文件。",
    ),
    "osm-damaged": Sentence(
        "the file ends too early or is damaged ({why})",
        "Export or download the extract again and give the complete file.",
        "文件不完整或已损坏（{why}）",
        "请重新导出或下载，并提供完整的文件。",
    ),
    "osm-no-streets": Sentence(
        "there is no street to walk on in it: {ways} ways cannot be walked, {points} points of "
        "streets are missing",
        "Give an extract that holds the streets of the area together with their points.",
        "其中没有可步行的道路：{ways} 条路不可步行，缺少 {points} 个道路点",
        "请提供包含本地道路及其全部节点的数据。",
    ),
    "calendar-unreadable": Sentence(
        "this is not a year's calendar: it needs “year” and “days”",
        "Give a year's file of the holiday-cn collection, or a table of date, name and day off.",
        "这不是年度日历文件：缺少“year”和“days”",
        "请提供 holiday-cn 的年度文件，或含日期、名称、是否放假三列的表格。",
    ),
    "no-shape": Sentence(
        "the feature has no shape",
        "Draw it or delete the feature.",
        "要素没有图形",
        "请补画图形或删除该要素。",
    ),
}

NOTICES: dict[str, Notice] = {
    "read-as": Notice(
        "Read as {encoding}, separated by “{delimiter}”.",
        "按 {encoding} 编码读取，分隔符为“{delimiter}”。",
    ),
    "merged-filled": Notice(
        "Merged cells filled down: {count}.", "合并单元格已向下填充：{count} 处。"
    ),
    "titles-skipped": Notice(
        "Headings found in row {row}; {count} rows above them left out.",
        "表头在第 {row} 行，其上 {count} 行标题未读取。",
    ),
    "sheet-chosen": Notice(
        "Read sheet “{sheet}”; not read: {others}.", "读取了工作表“{sheet}”；未读取：{others}。"
    ),
    "layer-chosen": Notice(
        "Read layer “{layer}”; not read: {others}.", "读取了图层“{layer}”；未读取：{others}。"
    ),
    "crs-assumed": Notice(
        "No coordinate system stated; taken as longitude and latitude in WGS-84.",
        "未注明坐标系，按 WGS-84 经纬度处理。",
    ),
    "converted": Notice("Converted from {crs}.", "已由 {crs} 换算。"),
    "repaired": Notice(
        "Shapes that crossed themselves were repaired: {count} (features {rows}).",
        "已修复自相交图形 {count} 个（第 {rows} 个要素）。",
    ),
    "shapes-missing": Notice(
        "Features without a shape: {count} (features {rows}).",
        "没有图形的要素 {count} 个（第 {rows} 个要素）。",
    ),
}
