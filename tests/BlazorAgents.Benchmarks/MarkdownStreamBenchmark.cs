using BenchmarkDotNet.Attributes;
using BlazorAgents.Runs;
using BlazorAgents.Web.Markdown;

namespace BlazorAgents.Benchmarks;

/// <summary>What a reader costs the server: one answer of about 2,000 tokens, rendered every six tokens as at 100 tokens a second.</summary>
[MemoryDiagnoser]
public class MarkdownStreamBenchmark
{
    private const int TokensPerTick = 6;
    private readonly MarkdownRenderer _renderer = new();
    private string[] _tokens = [];

    /// <summary>Makes the answer.</summary>
    [GlobalSetup]
    public void Setup() => _tokens = [.. SampleAnswer.Tokens(2_000)];

    /// <summary>Renders while it streams.</summary>
    [Benchmark]
    public int Streaming()
    {
        var item = new RunItem(Guid.Empty, 0, RunItemKind.Text, isOpen: true);
        var markdown = new StreamingMarkdown(_renderer);
        for (var i = 0; i < _tokens.Length; i++)
        {
            item.Append(_tokens[i]);
            if (i % TokensPerTick == 0)
            {
                markdown.Update(item);
            }
        }

        item.SetOpen(false);
        markdown.Update(item);
        return markdown.Blocks.Count;
    }

    /// <summary>Renders the whole text once, as a stored answer is.</summary>
    [Benchmark(Baseline = true)]
    public int Whole() => _renderer.Render(string.Concat(_tokens)).Count;
}
