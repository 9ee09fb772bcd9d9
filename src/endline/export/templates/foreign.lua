-- A pandoc reader: blocks of Markdown (JSON, from foreign.py) to one file for Typst that defines `foreign`, an array
-- with one content a block.
-- Each block's Markdown is parsed by itself, so an unclosed fence, a stray ::: or a footnote's name ends with its
-- block, and no text can look like the exporter's own marks: those are made here, outside any Markdown.

dofile(PANDOC_SCRIPT_FILE:match('^(.*)[/\\]') .. '/markdown.lua') -- markdown_of

-- A Typst string literal. (Character classes such as %c and %p hang on the locale; bytes do not.)
local function quoted(text)
  local function code(char) return ('\\u{%x}'):format(char:byte()) end
  return '"' .. text:gsub('[\\"]', '\\%0'):gsub('[\0-\31\127]', code) .. '"'
end

local function inline(typst) return pandoc.RawInline('typst', typst) end
local function block(typst) return pandoc.RawBlock('typst', typst) end

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
  return markdown_of(number, b):walk{Table = table_blocks}:walk(LITERALS).blocks
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
