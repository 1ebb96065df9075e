using System.Security.Cryptography;
using System.Text;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Web.Features.Approvals.Parts;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Components;

namespace BlazorAgents.Web.Features.Approvals.Console;

/// <summary>One request without a circuit. The service checks who sees and who decides it.</summary>
public sealed partial class RequestPage : ComponentBase
{
    private ApprovalDetail? _detail;
    private ArgumentFields? _fields;
    private ToolPreview? _preview;
    private Actor? _actor;
    private string? _problem;
    private string? _reasonProblem;
    private string? _answerProblem;
    private bool _isPosted;

    [Parameter] public required Guid Id { get; set; }
    [SupplyParameterFromForm(FormName = "approve")] public ApproveInput? Approve { get; set; }
    [SupplyParameterFromForm(FormName = "reject")] public RejectInput? Reject { get; set; }
    [SupplyParameterFromForm(FormName = "answer")] public AnswerInput? Answer { get; set; }
    [CascadingParameter] public required HttpContext HttpContext { get; set; }
    [Inject] public required ApprovalService Approvals { get; init; }
    [Inject] public required ApprovalPreviews Previews { get; init; }
    [Inject] public required CurrentUser CurrentUser { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    private Approval Row => _detail!.Approval;

    private string Sentence => _preview?.Sentence ?? Row.Sentence;

    protected override async Task OnInitializedAsync()
    {
        (Approve, Reject, Answer) = (Approve ?? new ApproveInput(), Reject ?? new RejectInput(), Answer ?? new AnswerInput()); // before the first await: the form renders while the request is being read

        // A form that was sent is heard only if it is on the page, also when there is nothing left to decide: then the answer says so.
        _isPosted = HttpMethods.IsPost(HttpContext.Request.Method);
        await ReadAsync();
        if (_detail is null)
        {
            HttpContext.AnswerNotFound();
        }
    }

    private Task ApproveAsync() => DecideAsync(new ApprovalDecision.Approve(Seen: Approve!.Seen == Mark(Sentence) ? Sentence : ""));

    // Short whatever the sentence is, and safe from what a form does to line ends.
    private static string Mark(string sentence) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sentence)));

    private Task RejectAsync()
    {
        var reason = Reject!.Reason ?? "";
        return DecideAsync(Reject.Stops ? new ApprovalDecision.RejectAndStop(reason) : new ApprovalDecision.Reject(reason));
    }

    // A form's line ends count twice; the limit is that of what was typed.
    private Task AnswerAsync() => DecideAsync(new ApprovalDecision.AnswerInstead((Answer!.Text ?? "").ReplaceLineEndings("\n")));

    private async Task DecideAsync(ApprovalDecision decision)
    {
        _isPosted = false;
        if (_detail is null)
        {
            return;
        }

        switch (await Approvals.DecideAsync(_actor!, Id, decision, HttpContext.RequestAborted))
        {
            case DecisionResult.Decided:
                Navigation.NavigateTo($"/approvals/{Id}");
                break;
            case DecisionResult.AlreadyDecided:
                _problem = "Someone was faster: your decision changed nothing.";
                await ReadAsync();
                break;
            case DecisionResult.Refused { Refusal: { Kind: ApprovalRefusalKind.Invalid } refusal }:
                (_reasonProblem, _answerProblem) = decision is ApprovalDecision.AnswerInstead ? (null, refusal.Message) : (refusal.Message, (string?)null);
                break;
            case DecisionResult.Refused refused:
                _problem = refused.Refusal.Message;
                await ReadAsync();
                break;
        }
    }

    private async Task ReadAsync()
    {
        _actor = (await CurrentUser.GetAsync()).ToActor();
        _detail = await Approvals.GetAsync(_actor, Id, HttpContext.RequestAborted);
        if (_detail is not null)
        {
            _fields = ArgumentFields.Read(Row.ToolSchema, Row.Arguments, Row.EditedArguments);
            _preview = Row.State is ApprovalState.Pending ? await Previews.ComputeAsync(Row) : null;
        }
    }
}
