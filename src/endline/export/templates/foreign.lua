-- A pandoc reader: blocks of Markdown (JSON, from foreign.py) to one file for Typst that defines `foreign`, an array
-- with one content a block.
-- Each block's Markdown is parsed by itself, so an unclosed fence, a stray ::: or a footnote's name ends with its
-- block, and no text can look like the exporter's own marks: those are made here, outside any Markdown.

-- Nothing through which text becomes code: no raw markup, no attributes (the writer turns `typst:…` ones into code).
local DIALECT = 'markdown'
  .. '-raw_attribute-raw_html-raw_tex-latex_macros-tex_math_dollars-tex_math_single_backslash-tex_math_double_backslash'
  .. '-native_divs-native_spans-fenced_divs-bracketed_spans-markdown_in_html_blocks'
  .. '-header_attributes-link_attributes-table_attributes-fenced_code_attributes-inline_code_attributes'
  .. '-yaml_metadata_block-pandoc_title_block-auto_identifiers-citations-example_lists-task_lists-smart'

-- A Typst string literal. (Character classes such as %c and %p hang on the locale; bytes do not.)
local function quoted(text)
  local function code(char) return ('\\u{%x}'):format(char:byte()) end
  return '"' .. text:gsub('[\\"]', '\\%0'):gsub('[\0-\31\127]', code) .. '"'
end

local function inline(typst) return pandoc.RawInline('typst', typst) end
local function block(typst) return pandoc.RawBlock('typst', typst) end

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

-- Typst rewrites `...`, `--` and the hyphen of `-5`, which pandoc leaves bare: words with ASCII punctuation become
-- string literals, and no figure depends on anybody's escaping.
local LITERALS = {
  Str = function(el)
    if el.text:find('[!-/:-@%[-`{-~]') then return inline('#' .. quoted(el.text) .. ';') end
  end,
  Code = function(el) return inline('#raw(' .. quoted(el.text) .. ');') end,
  CodeBlock = function(el) return block('#raw(block: true, ' .. quoted(el.text) .. ')') end,
  Link = function(el)
    if not el.target:match('^https?://') and not el.target:match('^mailto:') then return el.content end
    return {inline('#link(' .. quoted(el.target) .. ')['), pandoc.Span(el.content), inline('];')}
  end,
}

local function longest_cell(tbl)
  local longest = 0
  local function measure(el) longest = math.max(longest, utf8.len(pandoc.utils.stringify(el))) end
  tbl:walk{Plain = measure, Para = measure}
  return longest
end

-- Dashes of different numbers are the columns' shares of the line; where all are equal, Typst measures the columns.
-- Rows stay whole, unless a cell could be taller than a page.
local function table_blocks(tbl)
  local even = true
  for _, spec in ipairs(tbl.colspecs) do even = even and spec[2] == tbl.colspecs[1][2] end
  if even then tbl.colspecs = tbl.colspecs:map(function(spec) return {spec[1]} end) end
  if longest_cell(tbl) <= 120 then return tbl end
  return {block('#[#set table.cell(breakable: true)'), tbl, block(']')}
end

local function blocks_of(number, b)
  local doc = pandoc.read(b.markdown, DIALECT, {columns = 1})
  doc = doc:walk{
    Inlines = join_lines,
    Image = function() refuse(b.cell, 'an image in Markdown; show it as a chart with alt text') end,
    Header = function(el) -- Python knows the headings around this block
      io.stderr:write('heading: ', pandoc.json.encode{number, el.level, pandoc.utils.stringify(el)}, '\n')
    end,
  }
  return doc:walk{Table = table_blocks}:walk(LITERALS).blocks
end

function Reader(input)
  local out = pandoc.Blocks{block('#import "blocks.typ": horizontalrule\n#let foreign = (')}
  for number, b in ipairs(pandoc.json.decode(tostring(input), false)) do
    out:insert(block('['))
    out:extend(blocks_of(number, b))
    out:insert(block('],'))
  end
  out:insert(block(')'))
  return pandoc.Pandoc(out)
end
