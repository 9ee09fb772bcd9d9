-- A pandoc reader: blocks of Markdown (JSON, from foreign.py) to one document with a Div for each, which Python turns into Word.
-- Links other than web and mail addresses are off, as they are in the PDF.

dofile(PANDOC_SCRIPT_FILE:match('^(.*)[/\\]') .. '/markdown.lua') -- markdown_of

local function web_only(el)
  if not el.target:match('^https?://') and not el.target:match('^mailto:') then return el.content end
end

function Reader(input)
  local out = pandoc.Blocks{}
  for number, b in ipairs(pandoc.json.decode(tostring(input), false)) do
    out:insert(pandoc.Div(markdown_of(number, b):walk{Link = web_only}.blocks))
  end
  return pandoc.Pandoc(out)
end
