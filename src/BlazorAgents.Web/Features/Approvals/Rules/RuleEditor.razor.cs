using BlazorAgents.Runs;
using BlazorAgents.Web.Components;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Components;

namespace BlazorAgents.Web.Features.Approvals.Rules;

/// <summary>Reads a rule with what the person may do about it, by the role that is stored now.</summary>
public sealed partial class RuleEditor : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private DeleteRuleDialog? _delete;
    private RuleDesk? _desk;
    private string? _fault;
    private Guid? _shown;
    private int _load;

    /// <summary>The rule; null for a new one.</summary>
    [Parameter] public Guid? Id { get; set; }

    [Inject] public required RuleService Rules { get; init; }

    [Inject] public required CurrentUser CurrentUser { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required ILogger<RuleEditor> Logger { get; init; }

    private string Title => _desk?.Rule?.Rule.Name ?? (Id is null ? "New rule" : "Rule");

    // Those have no part of their own that could be wrong.
    private bool HidesConditions =>
        _desk?.Rule?.Problems.Any(p => p.Field == "Conditions" || (p.Field.StartsWith("Conditions[", StringComparison.Ordinal) && p.Field.EndsWith(']'))) is true;

    protected override Task OnParametersSetAsync()
    {
        if (_load > 0 && _shown == Id)
        {
            return Task.CompletedTask; // what is being typed stays
        }

        _shown = Id;
        return LoadAsync();
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
            var desk = await Rules.OpenAsync((await CurrentUser.GetAsync()).ToActor(), Id, _left.Token);
            if (load == _load)
            {
                (_desk, _fault) = (desk, null);
            }
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // the page is left
        }
        catch (Exception exception)
        {
            var fault = PageFault.Describe(exception, "The rule could not be read.", Logger);
            _fault = load == _load ? fault : _fault;
        }
    }
}
