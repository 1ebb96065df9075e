using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using ColorCode;
using ColorCode.Compilation;

namespace BlazorAgents.Web.Markdown;

/// <summary>Gives every rule set a match timeout: some of them backtrack without end on text made for it.</summary>
internal sealed class BoundedLanguageCompiler : ILanguageCompiler
{
    private static readonly TimeSpan s_match = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentDictionary<string, CompiledLanguage> _compiled = new(StringComparer.Ordinal);
    private readonly LanguageCompiler _inner = new([], new ReaderWriterLockSlim());

    public CompiledLanguage Compile(ILanguage language) => _compiled.GetOrAdd(language.Id, _ =>
    {
        var rules = _inner.Compile(language);
        return new CompiledLanguage(rules.Id, rules.Name, new Regex(rules.Regex.ToString(), rules.Regex.Options, s_match), rules.Captures);
    });
}
