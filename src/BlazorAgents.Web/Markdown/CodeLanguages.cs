using System.Collections.Frozen;
using ColorCode;
using ColorCode.Common;

namespace BlazorAgents.Web.Markdown;

/// <summary>Finds the rules for the language that a fence names; several languages borrow the rules of a relative.</summary>
internal static class CodeLanguages
{
    private static readonly FrozenDictionary<string, string> s_names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["cs"] = "c#", ["csharp"] = "c#", ["c#"] = "c#", ["razor"] = "html", ["fs"] = "f#", ["fsharp"] = "f#", ["f#"] = "f#",
        ["vb"] = "vb.net", ["js"] = "javascript", ["jsx"] = "javascript", ["mjs"] = "javascript", ["javascript"] = "javascript",
        ["ts"] = "typescript", ["tsx"] = "typescript", ["typescript"] = "typescript", ["py"] = "python", ["python"] = "python",
        ["html"] = "html", ["htm"] = "html", ["vue"] = "html", ["xml"] = "xml", ["svg"] = "xml", ["csproj"] = "xml", ["xaml"] = "xml",
        ["css"] = "css", ["scss"] = "css", ["json"] = "json", ["jsonc"] = "json", ["sql"] = "sql", ["tsql"] = "sql", ["pgsql"] = "sql",
        ["c"] = "cpp", ["h"] = "cpp", ["c++"] = "cpp", ["cpp"] = "cpp", ["hpp"] = "cpp", ["java"] = "java", ["kotlin"] = "java",
        ["php"] = "php", ["powershell"] = "powershell", ["ps1"] = "powershell", ["pwsh"] = "powershell", ["haskell"] = "haskell",
        ["hs"] = "haskell", ["matlab"] = "matlab", ["fortran"] = "fortran",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static ILanguageRepository Repository { get; } =
        new LanguageRepository(Languages.All.ToDictionary(language => language.Id, StringComparer.Ordinal));

    public static ILanguage? Find(string name) => s_names.TryGetValue(name, out var id) ? Repository.FindById(id) : null;
}
