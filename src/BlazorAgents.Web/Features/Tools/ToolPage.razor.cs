using BlazorAgents.Runs;
using BlazorAgents.Web.Components;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Components;

namespace BlazorAgents.Web.Features.Tools;

/// <summary>One tool: what it takes, which agents have it and how, and how its calls went.</summary>
public sealed partial class ToolPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private ToolDetail? _detail;
    private string? _fault;
    private bool _isMissing;
    private int _load;

    [Parameter] public required string Name { get; set; }
    [SupplyParameterFromQuery] public string? Period { get; set; }
    [Inject] public required ToolService Tools { get; init; }
    [Inject] public required CurrentUser CurrentUser { get; init; }
    [Inject] public required ILogger<ToolPage> Logger { get; init; }

    protected override Task OnParametersSetAsync() => LoadAsync();

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    private async Task LoadAsync()
    {
        var load = ++_load;
        if (ToolPeriods.Find(Period) is not { } period)
        {
            (_detail, _fault, _isMissing) = (null, ToolPeriods.Problem, false);
            return;
        }

        try
        {
            var detail = await Tools.GetAsync((await CurrentUser.GetAsync()).ToActor(), Name, period.Length, cancellationToken: _left.Token);
            if (load == _load)
            {
                (_detail, _fault, _isMissing) = (detail, null, detail is null);
            }
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // the page is left
        }
        catch (Exception exception)
        {
            var fault = PageFault.Describe(exception, "The tool could not be read.", Logger);
            if (load == _load)
            {
                (_detail, _fault, _isMissing) = (null, fault, false);
            }
        }
    }
}
