namespace BlazorAgents.Web.Tests.Markdown;

/// <summary>Markdown whose meaning depends on what comes later, and the pieces to build more of it.</summary>
internal static class Samples
{
    public static readonly string[] Texts =
    [
        "Hello **bold** and *em* and `code` and ~~gone~~.\n\nNext paragraph with [a link](https://example.com/a_b) and https://example.com/x.\n",
        "- a\n- b\n- c\n\ntext\n",
        "- a\n- b\n\n- now loose\n\n  second paragraph\n\ntext",
        "- a\n  - b\n    - c\n\n      deep\n  - d\n- e\n* other list\n* f\n+ third",
        "1. one\n2. two\n   ```js\n   const a = 1;\n\n   let b = 2;\n   ```\n3. three\n\n5) other\n6) list",
        "7. seven\n8. eight\n\n\n9. nine\n",
        "- [ ] todo\n- [x] done\n- [X] done\n- [] none\n",
        "See [late], [Other][late2] and [late][].\n\n- item [late]\n\n> quote [late2]\n\n[late]: https://example.com/late \"title\"\n[late2]: https://example.com/2\n\n[late2]: https://example.com/second\n",
        "[first]: https://example.com/1\n\nuse [first]\n\n# Head\n\nuse [first] again, and [First][FIRST].\n\nnone [missing]\n",
        "[a]: https://example.com/a\n'title over\nlines'\n\n[a] text\n\n[b]:\nhttps://example.com/b\n\n[b]",
        "see [a]\n\nmore\n\n[a]: https://example.com b c d\n\nend",
        "[a]: https://example.com/a\n[a] is a link\n\n[a]: nowhere\n===\n",
        "Setext\n===\n\nSecond\nline\n---\n\ntext\n- - -\n***\n___\n",
        "para\n# heading\npara\n> quote\nlazy\n\npara\n```\nfence\n```\npara\n- list\npara",
        "| a | b |\n|---|:-:|\n| 1 | 2 |\n| 3 | **4** |\n\nafter\n\n| no | table |\n\nx | y\n--|--\n1 | 2\n",
        "text before\n| a | b |\n|---|---|\n| 1 | 2 |\ntext after\n",
        "| a |\n|---|\n| `x|y` | extra |\n| \\| |\n\n|\n|-\n\n| | |\n",
        "```csharp\npublic sealed class A\n{\n    /* a comment\n       over lines */\n    string s = @\"a\n  b\";\n\n    int x = 1; // end\n}\n```\nafter\n",
        "````md\n```\ninner\n```\n````\n\n~~~python\ndef f(x):\n    \"\"\"doc\n    string\"\"\"\n    return x\n~~~\n\n```\nnever closed\n\nstill code\n",
        "> quote **bold\n> more**\n>\n> - list\n>   ```\n>   code\n>   ```\n>\nout\n\n> > nested\n> back",
        "    indented\n\n    code\n\ntext\n\n\tafter tab\n",
        "a <b>html</b> & &amp; &copy; &#35; <div>\n\n<script>\nalert(1)\n\n</script>\n\n<!-- c -->\n",
        "line one  \nline two\\\nline three\nsoft\n",
        "# h1\n## h2\n### h3 ###\n#### \n#hashtag\n####### seven\n\n# trailing #\\#\n",
        "*a **b _c_ d** e* ***f*** **a*b* __x__ snake_case_word 2*3*4 a ** b\n",
        "`` a ` b `` `unclosed ``\n\n\\*not\\* \\`x\\`\n",
        "![alt *em*](https://example.com/a.png) and ![](data:image/png;base64,x) [![in](https://example.com/i.png)](https://example.com)\n",
        "<https://example.com> <me@example.com> www.example.com http://x.y/z) (https://example.com/a(b)c)\n",
        "$x_1 + y_2$ and $$\\sum_{i=0}^n$$ \\(a\\) \\[b\\]\n\n$$\na_b\n$$\n",
        "a\r\nb\r\n\r\n- c\r\n- d\r\n\r\n```\r\nx\r\n```\r\nend\r\n",
        "a\rb\r\rc\r- d\r",
        "\n\n\n   \n text\n\n\n",
        "1\n\n1.\n\n-\n\n- \n-\n- x\n\n#\n\n>\n\n|\n\n```",
        "مرحبا **عالم**\n\n- שלום\n\n日本語*強調*です😀\n",
        "- a\n\n\n\n      not code\n\n   x\n\n10. ten\n\n    ten more\n\n  text",
        "term\n: def\n\n[^1]: note\n\nText[^1]\n\n+++\n---\n",
    ];

    public static readonly string[] Pieces =
    [
        "a", "b c", " ", "  ", "    ", "\n", "\n\n", "\n", "\n\n", "- ", "* ", "1. ", "2) ", "> ", "# ", "## ", "**", "*", "_", "`", "``", "```", "```js", "~~~", "~~",
        "|", "| a | b |", "|---|---|", "---", "===", "[x]", "[x]: https://example.com/x", "[", "](", "https://example.com", ")", "![", "<", ">", "<b>", "&amp;",
        "\\", "[ ] ", "[x] ", "\t", "\r\n", "let x = 1; // c", "/*", "*/", "\"", "word word word", "1", "+ ", "[y][x]", "[y]: /z",
        "\r", "\r\r", "\t- ", "  - ", "   1. ", "\n> ", "\n>", "\n> ```\n", "- ```\n", "   ~~~\n", "````", "\n===\n", "\n---\n", "\n- - -\n", "-\n", "1.\n", " #\n",
        "  \n", "<div>\n", "<!--", "-->", "[b]", "\n[b]: /v\n", "\n[c]: <x>\n'title\n", "'", "(t)", "[^1]", "[^1]: note", "![a](b)", "a | b\n", "-|-\n", "|-\n",
        "|\n", "\\|", "\f", "\v", "\n\f\n", "\n\v\n", "\n\u00a0\n", "\0", "\u00a0", "\u2003", "\u2028", "\u0085", "\ufeff", "日本", "😀", "www.a.b", "www.a.本-",
        "\n    code\n", "&#35;", "- [ ] ", "lazy\n", "- a\n", "1. a\n", "> a\n",
    ];
}
