using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BlazorAgents.Data.Migrations
{
    /// <inheritdoc />
    public partial class RunTools : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ToolChoice",
                table: "Runs",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "ToolChoice",
                table: "Conversations",
                type: "TEXT",
                nullable: false,
                defaultValue: "");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ToolChoice",
                table: "Runs");

            migrationBuilder.DropColumn(
                name: "ToolChoice",
                table: "Conversations");
        }
    }
}
