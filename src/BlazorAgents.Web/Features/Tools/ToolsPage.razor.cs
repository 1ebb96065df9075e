using BlazorAgents.Runs;
using BlazorAgents.Web.Components;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Components;

namespace BlazorAgents.Web.Features.Tools;

/// <summary>All tools with the figures of their calls; filters and order are the address.</summary>
public sealed partial class ToolsPage : ComponentBase, IDisposable
{
    private static readonly (string Column, string Words, bool IsFigure)[] s_columns =
    [
        ("name", "Tool", false), ("risk", "Risk", false), ("agents", "Agents", false), ("calls", "Calls", true), ("errors", "Error rate", true),
        ("p95", "p95", true), ("asks", "Asks a person", false),
    ];

    private readonly CancellationTokenSource _left = new();
    private ToolQuery _query = new();
    private IReadOnlyList<ToolOverview>? _all;
    private IReadOnlyList<ToolOverview>? _tools;
    private string? _fault;
    private int _load;

    [SupplyParameterFromQuery] public string? Words { get; set; }
    [SupplyParameterFromQuery] public string? Risk { get; set; }
    [SupplyParameterFromQuery] public string? Agent { get; set; }
    [SupplyParameterFromQuery] public string? Period { get; set; }
    [SupplyParameterFromQuery] public string? Sort { get; set; }
    [Inject] public required ToolService Tools { get; init; }
    [Inject] public required CurrentUser CurrentUser { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required ILogger<ToolsPage> Logger { get; init; }

    private string? Count => _tools switch
    {
        null => null,
        { Count: 0 } when !_query.IsEmpty => "No tool fits the filters.",
        { Count: 0 } => "No agent has a tool yet.",
        var tools => $"{ToolText.Count(tools.Count, "tool", "tools")}, {ToolText.Count(tools.Sum(tool => tool.Figures.Calls), "call", "calls")} in {ToolPeriods.Find(_query.Period)!.Value.Words}.",
    };

    protected override async Task OnParametersSetAsync()
    {
        var query = new ToolQuery { Words = Words, Risk = Risk, Agent = Agent, Period = Period, Sort = Sort };
        var isOtherRead = _all is null || query.Agent != _query.Agent || query.Period != _query.Period;
        _query = query;
        if (query.Problem is { } problem)
        {
            (_fault, _tools, _all) = (problem, null, null);
        }
        else if (isOtherRead)
        {
            await LoadAsync();
        }
        else
        {
            _tools = query.Apply(_all!);
        }
    }

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    private async Task LoadAsync()
    {
        var load = ++_load;
        try
        {
            var actor = (await CurrentUser.GetAsync()).ToActor();
            var agent = string.IsNullOrWhiteSpace(_query.Agent) ? null : _query.Agent.Trim();
            var all = await Tools.ListAsync(actor, ToolPeriods.Find(_query.Period)!.Value.Length, agent, _left.Token);
            if (load == _load)
            {
                (_all, _tools, _fault) = (all, _query.Apply(all), null);
            }
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // the page is left
        }
        catch (Exception exception)
        {
            var fault = PageFault.Describe(exception, "The tools could not be read.", Logger);
            if (load == _load)
            {
                (_all, _tools, _fault) = (null, null, fault);
            }
        }
    }

    private void Apply(ToolQuery query) => Navigation.NavigateTo(query.AddressOf());
}
