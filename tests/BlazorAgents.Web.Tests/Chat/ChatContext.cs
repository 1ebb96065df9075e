using BlazorAgents.Data;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Runs;
using BlazorAgents.Web.Features.Chat;
using BlazorAgents.Web.Layout;
using BlazorAgents.Web.Markdown;
using Bunit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.Web.Tests.Chat;

/// <summary>Renders parts of the chat over the real services, in a browser that answers null to every call.</summary>
public abstract class ChatContext : BunitContext, IAsyncLifetime
{
    private ChatHost? _host;

    internal ChatHost Host => _host ?? throw new InvalidOperationException("Not started.");

    protected ChatSession Session { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _host = await ChatHost.StartAsync();
        Session = _host.NewSession();
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLogging();
        Services.AddMarkdown();
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(new AppInfo(IsOffline: true, "Test", "default-model"));
        Services.AddSingleton(_host.Services.GetRequiredService<AgentCatalog>());
        Services.AddSingleton(_host.UserNamed("ann"));
        Services.AddSingleton(_host.Services.GetRequiredService<ApprovalService>());
        Services.AddSingleton(_host.Services.GetRequiredService<HostedToolCatalog>());
        Services.AddSingleton(_host.Services.GetRequiredService<ApprovalPreviews>());
        Services.AddSingleton(_host.Services.GetRequiredService<RuleService>());
        Services.AddScoped<BlazorAgents.Web.Components.UserClock>();
        Services.AddSingleton(Session);
        Services.AddOpenAIProvider(new ConfigurationBuilder().Build());
        Services.AddSingleton(_host.Services.GetRequiredService<Database>());
        Services.AddScoped<ConnectionCatalog>();
    }

    public new async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Host.DisposeAsync();
    }

    internal static TurnView Turn(RunView run, string text = "Question", IReadOnlyList<Guid>? siblingTurns = null, IReadOnlyList<Guid>? siblingRuns = null) =>
        new(run.TurnId, null, text, DateTimeOffset.UnixEpoch, siblingTurns ?? [run.TurnId], siblingRuns ?? [run.Id], run);

    internal static RunView Run(RunStatus status = RunStatus.Running, params RunItem[] items) =>
        Run(new RunState { Status = status, StartedAt = DateTimeOffset.UtcNow }, items);

    internal static RunView Run(RunState state, params RunItem[] items) =>
        new(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), state, items);

    internal static RunItem Text(string text) => new(Guid.CreateVersion7(), 0, RunItemKind.Text, text);

    internal static RunItem Call(string name, string arguments, string? result = null, BlazorAgents.Agents.ToolOutcome? outcome = null) =>
        new(Guid.CreateVersion7(), 0, RunItemKind.ToolCall, tool: new ToolCallState("c1", name, arguments, DateTimeOffset.UnixEpoch, result, outcome,
            outcome is null ? null : TimeSpan.FromMilliseconds(173)));
}
