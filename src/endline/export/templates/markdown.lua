-- What both readers of foreign Markdown share: its dialect, and one block of it read by itself.

-- Nothing through which text becomes code: no raw markup, no attributes (the writer turns `typst:…` ones into code).
local DIALECT = 'markdown'
  .. '-raw_attribute-raw_html-raw_tex-latex_macros-tex_math_dollars-tex_math_single_backslash-tex_math_double_backslash'
  .. '-native_divs-native_spans-fenced_divs-bracketed_spans-markdown_in_html_blocks'
  .. '-header_attributes-link_attributes-table_attributes-fenced_code_attributes-inline_code_attributes'
  .. '-yaml_metadata_block-pandoc_title_block-auto_identifiers-citations-example_lists-task_lists-smart'

-- The reader tells Python what is wrong, and where, by a line that starts with the mark `endline: `.
local function refuse(cell, what)
  error('endline: ' .. what .. ' (cell ' .. cell .. ')\n', 0)
end

local function ideographic(char) return char and char >= 0x2E80 end

local function last_char(el) return el.t == 'Str' and utf8.codepoint(el.text, utf8.offset(el.text, -1)) end
local function first_char(el) return el.t == 'Str' and utf8.codepoint(el.text) end

-- A line end between two Chinese characters is no space.
local function join_lines(inlines)
  for i = #inlines - 1, 2, -1 do
    if inlines[i].t == 'SoftBreak' and ideographic(last_char(inlines[i - 1])) and ideographic(first_char(inlines[i + 1])) then
      inlines:remove(i)
    end
  end
  return inlines
end

-- Returns a block's document. Python knows the headings around a block, so it is told those within.
function markdown_of(number, b)
  return pandoc.read(b.markdown, DIALECT, {columns = 1}):walk{
    Inlines = join_lines,
    Image = function() refuse(b.cell, 'an image in Markdown; show it as a chart with alt text') end,
    Header = function(el)
      io.stderr:write('heading: ', pandoc.json.encode{number, el.level, pandoc.utils.stringify(el)}, '\n')
    end,
  }
end
