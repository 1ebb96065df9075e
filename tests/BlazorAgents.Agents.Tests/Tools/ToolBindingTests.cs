using System.Text.Json;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace BlazorAgents.Agents.Tests.Tools;

/// <summary>What the application fills in, for calls and for previews.</summary>
public sealed class ToolBindingTests
{
    private static readonly ToolCaller s_ada = new("1", "Ada", "User");

    [Fact]
    public async Task Invoke_CallerAndService_AreFilledInAndNotInTheSchema()
    {
        var tool = AgentTool.Create((string what, ToolCaller? caller, [FromServices] Version version) => $"{what} {caller?.Name} {version}", "tell");
        var arguments = new AIFunctionArguments
        {
            ["what"] = "x",
            Services = new Services(),
            Context = new Dictionary<object, object?> { [typeof(ToolCallContext)] = new ToolCallContext("key", s_ada) },
        };

        Assert.Equal("x Ada 1.2", await tool.InvokeAsync(arguments));
        Assert.Equal(["what"], tool.JsonSchema.GetProperty("properties").EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task Invoke_ServiceThatIsMissing_NamesIt()
    {
        var tool = AgentTool.Create(([FromServices] Version version) => $"{version}", "tell");

        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => tool.InvokeAsync([]).AsTask());

        Assert.Contains("\"version\"", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_WithoutContext_HasAFreshKeyEachTimeAndNoCaller()
    {
        var seen = new List<ToolCallContext>();
        var tool = AgentTool.Create((ToolCallContext context) => seen.Add(context), "note");

        await tool.InvokeAsync([]);
        await tool.InvokeAsync([]);

        Assert.Equal(2, seen.Select(c => c.Key).Distinct().Count());
        Assert.All(seen, context => Assert.Null(context.Caller));
    }

    [Fact]
    public async Task Preview_LeftOutArgument_HasTheToolsDefault()
    {
        var tool = AgentTool.Create(
            (string product, int quantity = 4) => $"{product} {quantity}",
            "order",
            new AgentToolOptions { Preview = (int quantity) => Task.FromResult(new ToolPreview($"Order {quantity}", [])) });

        var preview = await tool.PreviewAsync(JsonElement.Parse("""{"product":"p"}"""), null, null, default);

        Assert.Equal("Order 4", preview?.Sentence);
    }

    [Fact]
    public async Task Preview_AllThatIsFilledIn_IsFilledIn()
    {
        using var source = new CancellationTokenSource();
        var tool = AgentTool.Create(
            (string product) => product,
            "order",
            new AgentToolOptions
            {
                Preview = (ToolCaller caller, IServiceProvider services, [FromServices] Version version, CancellationToken token) =>
                    new ValueTask<ToolPreview>(new ToolPreview($"{caller.Name} {services.GetService(typeof(Version))} {version} {token.CanBeCanceled}", [])),
            });

        var preview = await tool.PreviewAsync(JsonElement.Parse("""{"product":"p"}"""), new Services(), s_ada, source.Token);

        Assert.Equal("Ada 1.2 1.2 True", preview?.Sentence);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"quantity":1,"qty":2}""")]
    [InlineData("null")]
    public async Task Preview_ArgumentsThatDoNotFit_IsNotAsked(string arguments)
    {
        var asked = false;
        var tool = AgentTool.Create(
            (int quantity) => quantity, "order", new AgentToolOptions { Preview = () => new ToolPreview($"{asked = true}", []) });

        Assert.Null(await tool.PreviewAsync(JsonElement.Parse(arguments), null, null, default));
        Assert.Null(await tool.PreviewAsync(default, null, null, default));
        Assert.False(asked);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Preview_Hangs_GivesNoneAfterFiveSecondsAndIsLogged(bool blocks)
    {
        using var never = new ManualResetEventSlim();
        var tool = AgentTool.Create(() => 1, "one", new AgentToolOptions { Preview = HangAsync });
        var services = new Services();

        var asked = Task.Run(() => tool.PreviewAsync(JsonElement.Parse("{}"), services, null, default).AsTask());
        await services.Time.WaitForTimerAsync(TimeSpan.FromSeconds(5));
        services.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Null(await asked.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Contains("tool one took longer", Assert.Single(services.Log.Entries).Text, StringComparison.Ordinal);
        never.Set();

        async Task<ToolPreview> HangAsync()
        {
            if (blocks)
            {
                never.Wait();
            }

            await new TaskCompletionSource().Task;
            return new ToolPreview("Never.", []);
        }
    }

    [Fact]
    public async Task Preview_Cancelled_Throws()
    {
        using var source = new CancellationTokenSource();
        var tool = AgentTool.Create(
            () => 1,
            "one",
            new AgentToolOptions
            {
                Preview = async (CancellationToken token) =>
                {
                    await source.CancelAsync();
                    token.ThrowIfCancellationRequested();
                    return new ToolPreview("Never.", []);
                },
            });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => tool.PreviewAsync(JsonElement.Parse("{}"), null, null, source.Token).AsTask());
    }

    [Fact]
    public void Create_PreviewWithAnotherTypeOrResult_SaysWhich()
    {
        var type = Assert.Throws<ArgumentException>(() => AgentTool.Create(
            (int quantity) => quantity, "order", new AgentToolOptions { Preview = (string quantity) => new ToolPreview(quantity, []) }));
        var result = Assert.Throws<ArgumentException>(() => AgentTool.Create(
            (int quantity) => quantity, "order", new AgentToolOptions { Preview = (int quantity) => $"{quantity}" }));

        Assert.Contains("\"quantity\"", type.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(ToolPreview), result.Message, StringComparison.Ordinal);
    }

    private sealed class Services : IServiceProvider, ILoggerFactory
    {
        public ManualTimeProvider Time { get; } = new();

        public ListLogger<Services> Log { get; } = new();

        public object? GetService(Type serviceType) => serviceType == typeof(Version) ? new Version(1, 2)
            : serviceType == typeof(TimeProvider) ? Time
            : serviceType == typeof(ILoggerFactory) ? this
            : null;

        public ILogger CreateLogger(string categoryName) => Log;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
